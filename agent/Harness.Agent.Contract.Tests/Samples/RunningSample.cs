using System.Diagnostics;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Harness.Agent.Contract.V0;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Testing;

namespace Harness.Agent.Contract.Tests.Samples;

/// <summary>A sample's program on a free port, with clients to it. Killed when disposed.</summary>
internal sealed class RunningSample : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private readonly Process _process;
    private readonly GrpcChannel _channel;

    private RunningSample(Process process, string address)
    {
        _process = process;
        _channel = GrpcChannel.ForAddress("http://" + address);
        Lifecycle = new ApplicationLifecycle.ApplicationLifecycleClient(_channel);
        Health = new Health.HealthClient(_channel);
    }

    public ApplicationLifecycle.ApplicationLifecycleClient Lifecycle { get; }

    public Health.HealthClient Health { get; }

    public static async Task<RunningSample> StartAsync(IReadOnlyList<string> commandLine, string state)
    {
        var start = new ProcessStartInfo(commandLine[0], [.. commandLine.Skip(1), "127.0.0.1", "0", state]) { RedirectStandardOutput = true };
        start.Environment["NO_PROXY"] = start.Environment["no_grpc_proxy"] = "*";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The sample ended before it served.");
        return new RunningSample(process, line["serving on ".Length..]);
    }

    public async Task<PodStatus> CheckAsync() => (await Lifecycle.CheckApplicationHealthAsync(new ApplicationHealthRequest())).PodStatus;

    public async Task<PodStatus> UntilAsync(string phase)
    {
        await Eventually.TrueAsync(async () => (await CheckAsync()).Phase == phase, $"the pod should be {phase}");
        return await CheckAsync();
    }

    /// <summary>The phases on a watch up to the one wanted, each once.</summary>
    public async Task<List<string>> WatchUntilAsync(string phase)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using var call = Lifecycle.WatchApplicationHealth(new ApplicationHealthRequest(), cancellationToken: limit.Token);
        var phases = new List<string>();
        while (phases.LastOrDefault() != phase && await call.ResponseStream.MoveNext(limit.Token))
        {
            phases.Add(call.ResponseStream.Current.PodStatus.Phase);
        }

        return [.. phases.Distinct()];
    }

    /// <summary>SIGKILL, as when a machine runs out of memory.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
