namespace Harness.Simulator.Kubernetes.Comparison.Requests;

/// <summary>Short names that the files of requests use for media types. Pure.</summary>
internal static class Abbreviations
{
    private static readonly Dictionary<string, string> _mediaTypes = new()
    {
        ["json"] = "application/json",
        ["protobuf"] = "application/vnd.kubernetes.protobuf",
        ["yaml"] = "application/yaml",
        ["table"] = "application/json;as=Table;v=v1;g=meta.k8s.io",
        ["partial"] = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
        ["partial-list"] = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
        ["partial-protobuf"] = "application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
        ["strategic"] = "application/strategic-merge-patch+json",
        ["merge"] = "application/merge-patch+json",
        ["json-patch"] = "application/json-patch+json",
        ["apply"] = "application/apply-patch+yaml",
    };

    /// <summary>The media type that a header's value stands for; other values as they are.</summary>
    public static string Expand(string header, string value) =>
        header is "Accept" or "Content-Type" ? _mediaTypes.GetValueOrDefault(value, value) : value;
}
