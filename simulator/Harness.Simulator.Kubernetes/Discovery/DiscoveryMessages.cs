using System.Text.Json.Nodes;
using Google.Protobuf;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Simulator.Kubernetes.Discovery;

/// <summary>
/// Discovery documents as messages, for clients that ask for protobuf. Empty texts are set as well: the real API server writes them.
/// Aggregated discovery has no message here and is offered as JSON only. Pure.
/// </summary>
internal static class DiscoveryMessages
{
    /// <summary>The message of a document of <see cref="DiscoveryDocuments"/>.</summary>
    /// <exception cref="ArgumentException">The document is none of those.</exception>
    public static IMessage Of(JsonObject document) => document["kind"]?.GetValue<string>() switch
    {
        "APIVersions" => KubernetesJson.Read<APIVersions>(document),
        "APIGroupList" => KubernetesJson.Read<APIGroupList>(document),
        "APIGroup" => KubernetesJson.Read<APIGroup>(document),
        "APIResourceList" => WithEmptyTexts(KubernetesJson.Read<APIResourceList>(document)),
        var kind => throw new ArgumentException($"A document of kind {kind} is no discovery document.", nameof(document)),
    };

    private static APIResourceList WithEmptyTexts(APIResourceList list)
    {
        foreach (var resource in list.Resources)
        {
            resource.SingularName = resource.SingularName;
            resource.Group = resource.Group;
            resource.Version = resource.Version;
            resource.StorageVersionHash = resource.StorageVersionHash;
        }

        return list;
    }
}
