namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>Which part of an object a write is about.</summary>
internal enum WritePart
{
    /// <summary>Everything but the status.</summary>
    Object,

    /// <summary>The status.</summary>
    Status,

    /// <summary>The node of a pod, which a scheduler sets: neither validated nor counted as a change of the spec.</summary>
    Binding,
}
