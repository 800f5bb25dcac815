using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Simulator.Kubernetes.Scheduling;

/// <summary>A node and what is spoken for on it, while one round of scheduling fills it. One owner.</summary>
internal sealed class NodeSlot(Node node)
{
    private readonly ResourceDemand _used = new();
    private readonly ResourceDemand _allocatable = ResourceDemand.From(node.Status?.Allocatable ?? []);

    public Node Node { get; } = node;

    /// <summary>How full the node is, by its fullest of cpu, memory and pods: 0 is empty, 1 is full.</summary>
    public double Load => _allocatable.Amounts
        .Where(amount => amount.Value > 0)
        .Select(amount => (double)_used.Amounts.GetValueOrDefault(amount.Key) / amount.Value)
        .DefaultIfEmpty(1)
        .Max();

    public void Take(ResourceDemand demand) => _used.Add(demand);

    /// <summary>The resources of which too little is left.</summary>
    public IEnumerable<string> Lacking(ResourceDemand demand) => demand.Amounts
        .Where(wanted => wanted.Value > 0
            && _used.Amounts.GetValueOrDefault(wanted.Key) + wanted.Value > _allocatable.Amounts.GetValueOrDefault(wanted.Key))
        .Select(wanted => wanted.Key);
}
