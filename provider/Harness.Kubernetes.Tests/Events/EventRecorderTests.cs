using System.Text;
using Harness.Kubernetes.Events;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Tests.Server;
using Harness.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Kubernetes.Tests.Events;

public sealed class EventRecorderTests : IAsyncLifetime, IDisposable
{
    private const string Answer = """{"kind":"Event","apiVersion":"v1","metadata":{"name":"e","namespace":"ns"},"involvedObject":{}}""";

    private static readonly ObjectReference Pod = new() { ApiVersion = "v1", Kind = "Pod", Namespace = "ns", Name = "p", Uid = "u" };

    private readonly ManualTimeProvider _clock = new();
    private readonly CancellationTokenSource _cancellation = new();
    private ApiTestServer _server = null!;
    private KubernetesClient _client = null!;
    private Task _running = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _server = await ApiTestServer.StartAsync();
        _client = _server.Client(new KubernetesClientOptions { SendProtobuf = false });
    }

    public void Dispose() => _cancellation.Dispose();

    public async Task DisposeAsync()
    {
        await _cancellation.CancelAsync();
        await _running.WaitAsync(TimeSpan.FromSeconds(30));
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public void Record_Repeats_RaiseTheCount()
    {
        _server.AnswerJson(Answer);
        var recorder = Start();

        recorder.Normal(Pod, "Launched", "instance i-1");
        Requests(1);
        _clock.Advance(TimeSpan.FromSeconds(5));
        recorder.Normal(Pod, "Launched", "instance i-1");
        recorder.Normal(Pod, "Launched", "instance i-2");
        Requests(3);

        Assert.Equal(["POST", "PATCH", "POST"], _server.Requests.Select(request => request.Method));
        Assert.Contains("\"reason\":\"Launched\"", Body(0), StringComparison.Ordinal);
        Assert.Contains("\"source\":{\"component\":\"vk-provider\",\"host\":\"node\"}", Body(0), StringComparison.Ordinal);
        Assert.Contains("\"uid\":\"u\"", Body(0), StringComparison.Ordinal);
        Assert.Equal("""{"count":2,"lastTimestamp":"2026-01-01T00:00:05Z"}""", Body(1));
        Assert.StartsWith("/api/v1/namespaces/ns/events/p.", _server.Requests.ElementAt(1).Target, StringComparison.Ordinal);
    }

    [Fact]
    public void Record_RepeatOfAnExpiredEvent_IsWrittenAnew()
    {
        _server.AnswerJson(Answer).Replay("errors/404-pod.json").AnswerJson(Answer);
        var recorder = Start();

        recorder.Warning(Pod, "Failed", "x");
        recorder.Warning(Pod, "Failed", "x");
        Requests(3);

        Assert.Equal(["POST", "PATCH", "POST"], _server.Requests.Select(request => request.Method));
    }

    [Fact]
    public void Record_NameTaken_TakesAnother()
    {
        _server.Replay("errors/409-already-exists.json").AnswerJson(Answer);
        var recorder = Start();

        recorder.Normal(Pod, "A", "x");
        Requests(2);

        Assert.NotEqual(Body(0), Body(1));
    }

    [Fact]
    public void Record_ServerRefuses_IsCountedAndTheNextIsWritten()
    {
        _server.Replay("errors/403-user-get.json").AnswerJson(Answer);
        var recorder = Start();

        recorder.Normal(Pod, "A", "x");
        recorder.Normal(Pod, "B", "y");
        Requests(2);

        Assert.Equal(1, recorder.Dropped);
    }

    [Fact]
    public void Record_QueueFull_DropsAndNeverWaits()
    {
        var options = new EventSourceOptions { Component = "vk-provider", QueueLength = 2 };
        var recorder = new EventRecorder(_client, options, _clock, NullLogger.Instance);

        for (var i = 0; i < 5; i++)
        {
            recorder.Normal(Pod, "A", new string('x', 5000));
        }

        Assert.Equal(3, recorder.Dropped);
    }

    [Fact]
    public void Memory_BeyondItsCapacity_ForgetsTheOldest()
    {
        var memory = new EventMemory(2, TimeSpan.FromMinutes(10));
        var now = _clock.GetUtcNow();
        for (var i = 0; i < 3; i++)
        {
            memory.Remember(Identity(i), new WrittenEvent("ns", $"e{i}", 1, now));
        }

        Assert.Equal(2, memory.Count);
        Assert.Null(memory.Find(Identity(0), now));
        Assert.NotNull(memory.Find(Identity(2), now));
        Assert.Null(memory.Find(Identity(2), now + TimeSpan.FromMinutes(11)));

        static EventIdentity Identity(int number) => new("u", "ns", "p", "", "Normal", "R", $"{number}");
    }

    private EventRecorder Start()
    {
        var options = new EventSourceOptions { Component = "vk-provider", Host = "node" };
        var recorder = new EventRecorder(_client, options, _clock, NullLogger.Instance);
        _running = recorder.RunAsync(_cancellation.Token);
        return recorder;
    }

    private void Requests(int count) => Assert.True(SpinWait.SpinUntil(() => _server.Requests.Count >= count, TimeSpan.FromSeconds(30)));

    private string Body(int request) => Encoding.UTF8.GetString(_server.Requests.ElementAt(request).Body);
}
