namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>Which part of an object a write is about.</summary>
internal enum WritePart
{
    /// <summary>Everything but the status.</summary>
    Object,

    /// <summary>The status.</summary>
    Status,

    /// <summary>The node of a pod, or what else a subresource sets without counting as a change of the spec.</summary>
    Binding,
}
