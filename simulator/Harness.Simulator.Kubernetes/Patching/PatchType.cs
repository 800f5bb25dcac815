namespace Harness.Simulator.Kubernetes.Patching;

/// <summary>The ways in which a patch document can describe a change, one per Content-Type of PATCH.</summary>
internal enum PatchType
{
    /// <summary>RFC 6902, <c>application/json-patch+json</c>.</summary>
    Json,

    /// <summary>RFC 7386, <c>application/merge-patch+json</c>.</summary>
    Merge,

    /// <summary>Kubernetes' own, <c>application/strategic-merge-patch+json</c>: lists merge by key where the schema says so.</summary>
    Strategic,
}
