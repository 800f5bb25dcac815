using System.Collections.Concurrent;
using System.Threading.Channels;
using Harness.Ec2;
using Harness.Ec2.Model;
using Harness.Provider.Configuration;
using Harness.Provider.Launching;
using Harness.Provider.Lifecycle;
using Harness.Provider.Metrics;
using Microsoft.Extensions.Logging;

namespace Harness.Provider.Runtime;

/// <summary>
/// Asks EC2 about all instances of this node's pods, in one batch a period: often while one of them boots or ends, at the status
/// interval otherwise, at once when asked. One loop (<see cref="RunAsync"/>); the other members may be called from anywhere.
/// </summary>
internal sealed partial class InstanceObserver(
    IEc2 ec2, ProviderConfiguration configuration, TimeProvider clock, ProviderMetrics metrics, ILogger<InstanceObserver> logger)
{
    private const int IdsPerRequest = 200;

    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<string, byte> _urgent = new();

    /// <summary>Asks about this instance now, not at the next period.</summary>
    public void Ask(string instanceId)
    {
        _urgent[instanceId] = 0;
        Watch();
    }

    /// <summary>Something is moving: the next period is a short one.</summary>
    public void Watch() => _asked.Writer.TryWrite(true);

    public async Task RunAsync(PodWorkers workers, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var urgent = TakeUrgent();
            var instances = urgent.Count > 0 ? urgent : Instances(workers);
            if (instances.Count > 0)
            {
                await ObserveAsync(workers, instances, cancellationToken);
            }

            await WaitAsync(workers, cancellationToken);
        }
    }

    private async Task ObserveAsync(PodWorkers workers, IReadOnlyCollection<string> instances, CancellationToken cancellationToken)
    {
        foreach (var batch in instances.Chunk(IdsPerRequest))
        {
            try
            {
                var found = await DescribeAsync(batch, cancellationToken);
                foreach (var id in batch)
                {
                    await workers.PostToInstanceAsync(id, new PodEvent.InstanceObserved(id, found.GetValueOrDefault(id)), cancellationToken);
                }
            }
            catch (Ec2Exception exception)
            {
                metrics.DescribeEc2Errors.Add(1);
                Log.NotDescribed(logger, batch.Length, exception.Message);
            }
        }
    }

    /// <summary>By filter, not by id: an id that EC2 does not know would fail the whole batch.</summary>
    private async Task<Dictionary<string, InstanceFacts>> DescribeAsync(string[] ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, InstanceFacts>();
        var request = new DescribeInstancesRequest { Filters = [new Filter("instance-id", ids)] };
        await foreach (var instance in ec2.ListInstancesAsync(request, cancellationToken))
        {
            found[instance.InstanceId] = instance.ToFacts();
        }

        return found;
    }

    /// <summary>Waits for the period to be over, which may become a shorter one meanwhile, or for an urgent question.</summary>
    private async Task WaitAsync(PodWorkers workers, CancellationToken cancellationToken)
    {
        var since = clock.GetTimestamp();
        while (_urgent.IsEmpty && Period(workers) - clock.GetElapsedTime(since) is var left && left > TimeSpan.Zero)
        {
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(_asked.Reader.WaitToReadAsync(timer.Token).AsTask(), Task.Delay(left, clock, timer.Token));
            await timer.CancelAsync();
            _asked.Reader.TryRead(out _);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private TimeSpan Period(PodWorkers workers) =>
        workers.All.Any(IsMoving) ? configuration.Timing.ObserveBusy : configuration.StatusInterval;

    private List<string> TakeUrgent() => [.. _urgent.Keys.Where(id => _urgent.TryRemove(id, out _))];

    private static List<string> Instances(PodWorkers workers) =>
        [.. workers.All.Select(worker => worker.Record.Instance).Where(instance => instance is { IsDead: false }).Select(instance => instance!.Id)];

    private static bool IsMoving(PodWorker worker) =>
        worker.Record.Stage is PodStage.LookingUp or PodStage.Launching or PodStage.Connecting or PodStage.Replacing or PodStage.Ending or PodStage.Stopping;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "EC2 did not describe {Count} instances, asked again next period: {Detail}")]
        public static partial void NotDescribed(ILogger logger, int count, string detail);
    }
}
