using Harness.Ec2;
using Harness.Ec2.Model;
using Harness.Kubernetes;
using Harness.Kubernetes.Resources;
using Harness.Provider.Configuration;
using Harness.Provider.Launching;
using Microsoft.Extensions.Logging;

namespace Harness.Provider.Sweeping;

/// <summary>
/// Runs the sweep: sees, confirms, ends. A period in which anything could not be read to its end ends nothing. One loop.
/// </summary>
internal sealed partial class SweepLoop(
    IKubernetes kubernetes, IEc2 ec2, SweepActions actions, SweepConfiguration configuration, SweepPolicy policy, TimeProvider clock, ILogger<SweepLoop> logger)
{
    private readonly Dictionary<string, DateTimeOffset> _goneSince = [];
    private SweepState _state = SweepState.Empty;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!configuration.Enabled)
        {
            return;
        }

        using var timer = new PeriodicTimer(configuration.Period, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await SweepAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is KubernetesApiException or Ec2Exception)
            {
                Log.Incomplete(logger, exception.Message);
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var instances = await ListInstancesAsync(cancellationToken);
        if (instances.Count == 0)
        {
            _state = SweepState.Empty;
            return;
        }

        // The pods are listed after the instances: a pod's instance cannot be older than its pod.
        var uids = new HashSet<string>();
        await foreach (var pod in kubernetes.ListAllAsync(KubernetesResources.Pods, null, null, cancellationToken))
        {
            uids.Add(pod.Metadata.Uid);
        }

        var sighting = new SweepSighting(instances, uids, await AbandonedNodesAsync(instances, cancellationToken));
        var now = clock.GetUtcNow();
        var confirmed = new HashSet<string>();
        foreach (var suspect in SweepCore.Suspects(sighting, policy, now))
        {
            var pod = await kubernetes.FindAsync(KubernetesResources.Pods, suspect.PodNamespace, suspect.PodName, cancellationToken);
            if (pod is null || pod.Metadata.Uid != suspect.PodUid)
            {
                confirmed.Add(suspect.Id);
            }
        }

        var decision = SweepCore.Decide(_state, sighting, confirmed, policy, now);
        _state = decision.State;
        actions.TooMany(decision.RefusedForNumber);
        foreach (var instance in decision.End)
        {
            await actions.EndAsync(instance, cancellationToken);
        }
    }

    private async Task<List<SweepInstance>> ListInstancesAsync(CancellationToken cancellationToken)
    {
        var request = new DescribeInstancesRequest
        {
            Filters =
            [
                new Filter($"tag:{WellKnown.ClusterNameTag}", policy.ClusterName),
                new Filter("instance-state-name", "pending", "running", "stopping", "stopped"),
            ],
        };
        var found = new List<SweepInstance>();
        await foreach (var instance in ec2.ListInstancesAsync(request, cancellationToken))
        {
            found.Add(new SweepInstance(
                instance.InstanceId,
                instance.TagValue(WellKnown.PodUidTag) ?? "",
                instance.TagValue(WellKnown.PodNamespaceTag) ?? "",
                instance.TagValue(WellKnown.PodNameTag) ?? "",
                instance.TagValue(WellKnown.NodeNameTag) ?? "",
                instance.TagValue(WellKnown.ClusterNameTag) ?? "",
                instance.LaunchTime));
        }

        return found;
    }

    private async Task<HashSet<string>> AbandonedNodesAsync(List<SweepInstance> instances, CancellationToken cancellationToken)
    {
        var abandoned = new HashSet<string>();
        foreach (var name in instances.Select(instance => instance.NodeName).Where(name => name.Length > 0 && name != policy.NodeName).Distinct())
        {
            var node = await kubernetes.FindAsync(KubernetesResources.Nodes, null, name, cancellationToken);
            if (node is not null)
            {
                _goneSince.Remove(name);
                continue;
            }

            // A lease usually goes with its node: without one, the time since the node was first missed counts.
            var lease = await kubernetes.FindAsync(KubernetesResources.Leases, WellKnown.LeaseNamespace, name, cancellationToken);
            var now = clock.GetUtcNow();
            _goneSince.TryAdd(name, now);
            var quietSince = lease?.Spec?.RenewTime is { } renewed && renewed.ToDateTimeOffset() > _goneSince[name] ? renewed.ToDateTimeOffset() : _goneSince[name];
            if (now - quietSince > configuration.ForeignLeaseStale)
            {
                abandoned.Add(name);
            }
        }

        return abandoned;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The sweep could not see everything and ended nothing: {Detail}")]
        public static partial void Incomplete(ILogger logger, string detail);
    }
}
