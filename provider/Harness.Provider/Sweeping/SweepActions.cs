using Harness.Ec2;
using Harness.Ec2.Model;
using Harness.Provider.Lifecycle;
using Harness.Provider.Limits;
using Harness.Provider.Metrics;
using Harness.Provider.Node;

namespace Harness.Provider.Sweeping;

/// <summary>
/// What the sweep does to the world: ends instances, and says when it found too many to believe. Used by the sweep's loop alone.
/// </summary>
internal sealed class SweepActions(IEc2 ec2, AuditLog audit, NodeVoice node, ProviderMetrics metrics)
{
    private const string Reason = "the sweep found no pod for it, twice";

    private int _lastRefused;

    public async Task EndAsync(SweepInstance instance, CancellationToken cancellationToken)
    {
        var pod = new PodDemand { Uid = instance.PodUid, Namespace = instance.PodNamespace, Name = instance.PodName };
        try
        {
            await ec2.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = [instance.Id] }, cancellationToken);
        }
        catch (Ec2Exception exception)
        {
            audit.Write("TerminateInstances", instance.Id, pod, Reason, exception.ErrorCode ?? exception.Kind.ToString());
            metrics.Ec2TerminationErrors.Add(1);
            throw;
        }

        audit.Write("TerminateInstances", instance.Id, pod, Reason, "accepted");
        metrics.Ec2Terminated.Add(1);
        node.Announce(warning: false, "OrphanEnded", $"Instance {instance.Id} of pod {instance.PodNamespace}/{instance.PodName} was ended: there is no such pod any more.");
    }

    public void TooMany(int refused)
    {
        if (refused > 0 && refused != _lastRefused)
        {
            node.Announce(
                warning: true, "SweepStopped",
                $"{refused} instances seem to belong to no pod, more than the sweep may end in one period; none was ended. Look at them by their tag ClusterName.");
        }

        node.SweepStopped = refused > 0;
        _lastRefused = refused;
    }
}
