namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>What a client wants of the objects.</summary>
internal enum ObjectForm
{
    /// <summary>The objects themselves.</summary>
    Whole,

    /// <summary>Rows of a meta.k8s.io Table.</summary>
    Table,

    /// <summary>Their metadata only.</summary>
    Partial,
}
