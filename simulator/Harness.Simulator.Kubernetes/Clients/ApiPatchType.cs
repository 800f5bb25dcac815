namespace Harness.Simulator.Kubernetes.Clients;

/// <summary>The kinds of patch.</summary>
public enum ApiPatchType
{
    /// <summary>RFC 6902, a list of operations.</summary>
    Json,

    /// <summary>RFC 7386, a partial object.</summary>
    Merge,

    /// <summary>A partial object whose lists merge by their keys.</summary>
    StrategicMerge,
}
