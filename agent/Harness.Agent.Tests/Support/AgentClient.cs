using System.Globalization;
using Grpc.Core;
using Grpc.Health.V1;
using Harness.Agent.Contract.V0;
using Harness.Agent.Contract.V1;
using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Agent.Tests.Support;

/// <summary>The clients of one agent, with the few waits that tests need. Every wait has a limit that only a broken agent reaches.</summary>
internal sealed class AgentClient(ChannelBase channel)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public ApplicationLifecycle.ApplicationLifecycleClient Lifecycle { get; } = new(channel);

    public Health.HealthClient Health { get; } = new(channel);

    public Contract.V1.Logs.LogsClient Logs { get; } = new(channel);

    public async Task LaunchAsync(Pod pod) => await Lifecycle.LaunchApplicationAsync(new LaunchApplicationRequest { Pod = pod });

    public async Task<StatusCode> TryLaunchAsync(Pod? pod)
    {
        try
        {
            await Lifecycle.LaunchApplicationAsync(new LaunchApplicationRequest { Pod = pod });
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }

    public async Task TerminateAsync(int? graceSeconds = null)
    {
        var headers = new Metadata();
        if (graceSeconds is { } seconds)
        {
            headers.Add("vkvm-grace-period-seconds", seconds.ToString(CultureInfo.InvariantCulture));
        }

        await Lifecycle.TerminateApplicationAsync(new TerminateApplicationRequest(), headers);
    }

    public async Task<PodStatus> CheckAsync() => (await Lifecycle.CheckApplicationHealthAsync(new ApplicationHealthRequest())).PodStatus;

    /// <summary>Watches until a status is as wanted; all statuses on the way, in order.</summary>
    public async Task<List<PodStatus>> WatchUntilAsync(Predicate<PodStatus> wanted)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using var call = Lifecycle.WatchApplicationHealth(new ApplicationHealthRequest(), cancellationToken: limit.Token);
        var seen = new List<PodStatus>();
        while (await call.ResponseStream.MoveNext(limit.Token))
        {
            seen.Add(call.ResponseStream.Current.PodStatus);
            if (wanted(seen[^1]))
            {
                return seen;
            }
        }

        throw new InvalidOperationException("The watch ended early.");
    }

    public async Task<PodStatus> WaitForPhaseAsync(string phase) => (await WatchUntilAsync(status => status.Phase == phase))[^1];

    /// <summary>Until nothing runs: a terminal phase, or nothing was launched.</summary>
    public Task WaitForEndAsync() => WatchUntilAsync(status => status.Phase is "Succeeded" or "Failed" || status.StartTime is null);

    public async Task<string> ReadLogsAsync(ReadLogsRequest request)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using var call = Logs.ReadLogs(request, cancellationToken: limit.Token);
        using var bytes = new MemoryStream();
        while (await call.ResponseStream.MoveNext(limit.Token))
        {
            call.ResponseStream.Current.Data.WriteTo(bytes);
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>Waits for a container's first run, and follows its log until it has that text.</summary>
    public async Task<string> WaitForLogAsync(string container, string text)
    {
        await WatchUntilAsync(status => status.InitContainerStatuses.Concat(status.ContainerStatuses)
            .Any(candidate => candidate.Name == container && candidate.HasContainerID));
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using var call = Logs.ReadLogs(new ReadLogsRequest { Container = container, Follow = true }, cancellationToken: limit.Token);
        var log = "";
        while (!log.Contains(text, StringComparison.Ordinal) && await call.ResponseStream.MoveNext(limit.Token))
        {
            log += call.ResponseStream.Current.Data.ToStringUtf8();
        }

        return log;
    }
}
