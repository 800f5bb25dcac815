using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>Nodes: a kubelet creates them with their status, and writes labels and annotations along with it.</summary>
internal sealed class NodeRules : MessageRules<Node>
{
    public NodeRules()
    {
        StatusWritesMetadata = true;
        CreatesWithStatus = true;
    }

    /// <summary>What a node does not say it can give away is all that it has.</summary>
    protected override void PrepareStatus(Node old, Node value)
    {
        if (value.Status is { Allocatable.Count: 0 } status)
        {
            status.Allocatable.Add(status.Capacity.Clone());
        }
    }

    protected override IEnumerable<FieldError> ValidateCreate(Node value)
    {
        if (value.Spec is null)
        {
            yield break;
        }

        for (int i = 0; i < value.Spec.Taints.Count; i++)
        {
            Taint taint = value.Spec.Taints[i];
            if (taint.Key.Length == 0)
            {
                yield return FieldError.InvalidString($"spec.taints[{i}].key", "", "name part must be non-empty");
            }

            if (taint.Effect is not ("NoSchedule" or "PreferNoSchedule" or "NoExecute"))
            {
                yield return taint.Effect.Length == 0
                    ? FieldError.Required($"spec.taints[{i}].effect")
                    : FieldError.NotSupported($"spec.taints[{i}].effect", taint.Effect, "NoSchedule", "PreferNoSchedule", "NoExecute");
            }
        }
    }
}
