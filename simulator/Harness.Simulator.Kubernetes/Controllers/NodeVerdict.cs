using Harness.Kubernetes.Objects.Coordination.V1;
using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Simulator.Kubernetes.Controllers;

/// <summary>What to think of a node, from its lease and its own word. Pure.</summary>
/// <param name="IsLost">Neither its lease nor its status was renewed within the grace period.</param>
/// <param name="TaintKey">The taint that it must have, or null for a node that is well.</param>
internal sealed record NodeVerdict(bool IsLost, string? TaintKey)
{
    public static NodeVerdict Of(Node node, Lease? lease, DateTimeOffset now, TimeSpan gracePeriod)
    {
        var ready = node.Status?.Conditions.FirstOrDefault(condition => condition.Type == "Ready");
        var renewed = lease?.Spec?.RenewTime?.ToDateTimeOffset() ?? DateTimeOffset.MinValue;
        var heartbeat = ready?.LastHeartbeatTime?.ToDateTimeOffset() ?? DateTimeOffset.MinValue;
        var created = node.Metadata.CreationTimestamp?.ToDateTimeOffset() ?? now;
        var lastSign = new[] { renewed, heartbeat, created }.Max();
        if (lastSign + gracePeriod < now)
        {
            return new NodeVerdict(true, NodeTaints.Unreachable);
        }

        return new NodeVerdict(false, ready switch
        {
            { Status: "True" } => null,
            { Status: "Unknown" } => NodeTaints.Unreachable,
            _ => NodeTaints.NotReady,
        });
    }
}
