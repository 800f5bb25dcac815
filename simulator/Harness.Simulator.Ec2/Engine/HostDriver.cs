using Harness.Simulator.Ec2.Model;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Ec2.Engine;

/// <summary>
/// Calls the <see cref="IInstanceHost"/>: for one instance one call at a time and in order, for different instances at the same time, and
/// reports back what came of it. Every task is kept until it ended and awaited at disposal. Thread-safe.
/// </summary>
internal sealed partial class HostDriver(IInstanceHost host, Action<HostReport> report, ILogger<HostDriver> logger) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _disposing = new();

    /// <summary>Queues what an effect asks for. Never blocks.</summary>
    public void Perform(Effect effect, InstanceView instance)
    {
        lock (_lock)
        {
            if (_disposing.IsCancellationRequested)
            {
                return;
            }

            if (!_lanes.TryGetValue(effect.InstanceId, out var lane))
            {
                _lanes[effect.InstanceId] = lane = new Lane();
            }

            switch (effect)
            {
                case Effect.StartHost:
                    var starting = CancellationTokenSource.CreateLinkedTokenSource(_disposing.Token);
                    lane.Starts.Add(starting);
                    EnqueueLocked(lane, instance, one => StartAsync(one, starting));
                    break;
                case Effect.StopHost:
                    var cancelling = Task.WhenAll(lane.Starts.Select(start => start.CancelAsync()));
                    EnqueueLocked(lane, instance, one => StopAsync(one, cancelling));
                    break;
                case Effect.RebootHost:
                    EnqueueLocked(lane, instance, RebootAsync);
                    break;
                default:
                    throw new InvalidOperationException($"No effect {effect.GetType().Name} is known.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (_lock)
        {
            running = [_disposing.CancelAsync(), .. _lanes.Values.Select(lane => lane.Tail)];
        }

        await Task.WhenAll(running);
        _disposing.Dispose();
    }

    private void EnqueueLocked(Lane lane, InstanceView instance, Func<InstanceView, Task> call)
    {
        var before = lane.Tail;
        lane.Waiting++;
        lane.Tail = Task.Run(async () =>
        {
            await before;
            await call(instance);
            Leave(lane, instance.InstanceId);
        });
    }

    private void Leave(Lane lane, string instanceId)
    {
        lock (_lock)
        {
            if (--lane.Waiting == 0)
            {
                lane.Starts.ForEach(start => start.Dispose());
                _lanes.Remove(instanceId);
            }
        }
    }

    private async Task StartAsync(InstanceView instance, CancellationTokenSource starting)
    {
        try
        {
            starting.Token.ThrowIfCancellationRequested();
            await host.StartAsync(instance, starting.Token);
            report(new HostReport(HostReportKind.Started, instance.InstanceId, instance.Boot));
        }
        catch (OperationCanceledException) when (starting.IsCancellationRequested)
        {
            Log.StartCancelled(logger, instance.InstanceId);
        }
        catch (Exception exception)
        {
            Log.StartFailed(logger, exception, instance.InstanceId);
            report(new HostReport(HostReportKind.Failed, instance.InstanceId, instance.Boot));
        }
    }

    private async Task StopAsync(InstanceView instance, Task cancelling)
    {
        await cancelling;
        try
        {
            await host.StopAsync(instance, _disposing.Token);
        }
        catch (OperationCanceledException) when (_disposing.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            Log.StopFailed(logger, exception, instance.InstanceId);
        }

        report(new HostReport(HostReportKind.Stopped, instance.InstanceId, instance.Boot));
    }

    private async Task RebootAsync(InstanceView instance)
    {
        try
        {
            await host.RebootAsync(instance, _disposing.Token);
        }
        catch (OperationCanceledException) when (_disposing.IsCancellationRequested)
        {
            Log.RebootCancelled(logger, instance.InstanceId);
        }
        catch (Exception exception)
        {
            Log.RebootFailed(logger, exception, instance.InstanceId);
        }
    }

    private sealed class Lane
    {
        public Task Tail { get; set; } = Task.CompletedTask;

        public int Waiting { get; set; }

        /// <summary>Cancels the starts; callbacks run elsewhere, as locks are held here.</summary>
        public List<CancellationTokenSource> Starts { get; } = [];
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Start of the host of {InstanceId} was cancelled")]
        public static partial void StartCancelled(ILogger logger, string instanceId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Host of {InstanceId} did not start; the instance ends as terminated")]
        public static partial void StartFailed(ILogger logger, Exception exception, string instanceId);

        [LoggerMessage(Level = LogLevel.Error, Message = "Host of {InstanceId} did not stop cleanly; look for what it left behind")]
        public static partial void StopFailed(ILogger logger, Exception exception, string instanceId);

        [LoggerMessage(Level = LogLevel.Debug, Message = "Reboot of the host of {InstanceId} was cancelled")]
        public static partial void RebootCancelled(ILogger logger, string instanceId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Host of {InstanceId} did not reboot; the instance stays running")]
        public static partial void RebootFailed(ILogger logger, Exception exception, string instanceId);
    }
}
