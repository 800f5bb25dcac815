using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Documents;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>When the deletion of an object is complete, and which finalizers a propagation policy asks for.</summary>
internal static class DeletionRules
{
    /// <summary>Whether an object whose deletion has begun has nothing left that holds it.</summary>
    public static bool IsFinished(ApiObject value)
    {
        ObjectMeta metadata = value.Metadata;
        return metadata.DeletionTimestamp is not null
            && metadata.Finalizers.Count == 0
            && metadata.DeletionGracePeriodSeconds == 0
            && !IsHeldNamespace(value);
    }

    /// <summary>A namespace stays until its own finalizer is gone from its spec.</summary>
    public static bool IsHeldNamespace(ApiObject value) =>
        value is MessageObject { Message: Namespace { Spec.Finalizers.Count: > 0 } };

    /// <summary>Makes the finalizers those of the policy; true when that changed them.</summary>
    public static bool Apply(string? policy, ObjectMeta metadata)
    {
        if (policy is null)
        {
            return false;
        }

        return Set(metadata, WellKnown.ForegroundFinalizer, policy == "Foreground") | Set(metadata, WellKnown.OrphanFinalizer, policy == "Orphan");
    }

    private static bool Set(ObjectMeta metadata, string finalizer, bool wanted)
    {
        bool present = metadata.Finalizers.Contains(finalizer);
        if (present == wanted)
        {
            return false;
        }

        if (wanted)
        {
            metadata.Finalizers.Add(finalizer);
        }
        else
        {
            metadata.Finalizers.Remove(finalizer);
        }

        return true;
    }
}
