using System.Globalization;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Harness.Agent.Contract.V0;
using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Provider.Agents;

/// <summary>
/// One HTTP/2 connection to the agent of one instance, and the calls on it. Thread-safe; disposing it closes the connection and ends
/// every call and stream. Failures are <see cref="RpcException"/>s.
/// </summary>
internal sealed class AgentConnection : IAsyncDisposable
{
    /// <summary>Request metadata of TerminateApplication that our agents read: whole seconds of grace.</summary>
    private const string GracePeriodMetadata = "vkvm-grace-period-seconds";

    private readonly GrpcChannel _channel;
    private readonly ApplicationLifecycle.ApplicationLifecycleClient _lifecycle;
    private readonly Health.HealthClient _health;
    private readonly TimeSpan _requestTimeout;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<AgentStream, Task> _streams = [];

    public AgentConnection(GrpcChannel channel, TimeSpan requestTimeout, TimeProvider clock)
    {
        _channel = channel;
        _lifecycle = new ApplicationLifecycle.ApplicationLifecycleClient(channel);
        _health = new Health.HealthClient(channel);
        _requestTimeout = requestTimeout;
        _clock = clock;
    }

    /// <summary>The status that the agent reports now; null when it leaves it out.</summary>
    public async Task<PodStatus?> CheckAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        (await _lifecycle.CheckApplicationHealthAsync(new ApplicationHealthRequest(), Options(timeout, cancellationToken))).PodStatus;

    public Task<PodStatus?> CheckAsync(CancellationToken cancellationToken) => CheckAsync(_requestTimeout, cancellationToken);

    public async Task LaunchAsync(Pod pod, CancellationToken cancellationToken) =>
        await _lifecycle.LaunchApplicationAsync(new LaunchApplicationRequest { Pod = pod }, Options(_requestTimeout, cancellationToken));

    public async Task TerminateAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        var seconds = ((long)Math.Ceiling(grace.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var options = Options(_requestTimeout + grace, cancellationToken).WithHeaders(new Metadata { { GracePeriodMetadata, seconds } });
        await _lifecycle.TerminateApplicationAsync(new TerminateApplicationRequest(), options);
    }

    /// <summary>Runs a stream's loop until the connection closes, unless one of its kind runs already.</summary>
    public bool Start(AgentStream kind, Func<CancellationToken, Task> run)
    {
        lock (_lock)
        {
            if (_closing.IsCancellationRequested || (_streams.TryGetValue(kind, out var running) && !running.IsCompleted))
            {
                return false;
            }

            _streams[kind] = Task.Run(() => run(_closing.Token));
            return true;
        }
    }

    /// <summary>Statuses as the agent pushes them; null for a message without one.</summary>
    public async IAsyncEnumerable<PodStatus?> WatchApplicationAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = _lifecycle.WatchApplicationHealth(new ApplicationHealthRequest(), new CallOptions(cancellationToken: cancellationToken));
        await foreach (var message in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            yield return message.PodStatus;
        }
    }

    public async IAsyncEnumerable<HealthCheckResponse.Types.ServingStatus> WatchHealthAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = _health.Watch(new HealthCheckRequest(), new CallOptions(cancellationToken: cancellationToken));
        await foreach (var message in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            yield return message.Status;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] streams;
        lock (_lock)
        {
            if (_closing.IsCancellationRequested)
            {
                return;
            }

            _closing.Cancel();
            streams = [.. _streams.Values];
        }

        _channel.Dispose();
        await Task.WhenAll(streams).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _closing.Dispose();
    }

    private CallOptions Options(TimeSpan timeout, CancellationToken cancellationToken) =>
        new(deadline: (_clock.GetUtcNow() + timeout).UtcDateTime, cancellationToken: cancellationToken);
}
