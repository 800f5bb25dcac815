using System.Text.Json.Nodes;
using Harness.Testing;
using YamlDotNet.RepresentationModel;

namespace Harness.Simulator.Tests.Manifests;

/// <summary>The objects of a manifest under kind/, as JSON documents.</summary>
internal static class Manifest
{
    public static string Folder { get; } = Path.Combine(CheckoutFolder.Root, "kind", "manifests");

    public static IReadOnlyList<JsonObject> Read(params string[] path)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(Path.Combine([Folder, .. path]));
        stream.Load(reader);
        return [.. stream.Documents.Select(document => (JsonObject)Node(document.RootNode))];
    }

    /// <summary>Texts alone: enough for objects without numbers and truths.</summary>
    private static JsonNode Node(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, (JsonNode?)Node(child.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Node)]),
        _ => JsonValue.Create(((YamlScalarNode)node).Value!),
    };
}
