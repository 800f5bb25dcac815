namespace Harness.Simulator.Kubernetes.Tables;

/// <summary>What a table's rows carry of their objects, as the query's <c>includeObject</c> asks.</summary>
internal enum IncludeObject
{
    /// <summary>The metadata, as a PartialObjectMetadata: the default.</summary>
    Metadata,

    /// <summary>Nothing: <c>"object": null</c>.</summary>
    None,

    /// <summary>The whole object.</summary>
    Object,
}
