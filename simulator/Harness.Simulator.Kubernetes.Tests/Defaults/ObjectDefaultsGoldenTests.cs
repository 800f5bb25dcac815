using System.Text;
using System.Text.Json.Nodes;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Simulator.Kubernetes.Tests.Defaults;

/// <summary>What was sent to a real API server, created here, has every field that the real one stored. What is left out is named.</summary>
public sealed class ObjectDefaultsGoldenTests
{
    /// <summary>Recordings that show more than a creation, or what the embedded server leaves out.</summary>
    private static readonly Dictionary<string, string> Skipped = new()
    {
        ["pod-scheduling"] = "looks up a priority class and a runtime class, and merges matchLabelKeys into the selectors",
        ["pod-volumes"] = "drops alpha volume sources and fills in those of storage systems that have been replaced by CSI",
        ["pod-resized"] = "was resized after its creation",
        ["pod-ephemeral"] = "was given a debug container after its creation",
        ["pod-terminating"] = "was deleted after its creation",
    };

    /// <summary>What allocators, clocks and the protection of volumes in use add.</summary>
    private static readonly string[] NotCompared =
    [
        "spec.clusterIP", "spec.clusterIPs", "spec.ports[0].nodePort", "spec.ports[1].nodePort", "spec.healthCheckNodePort",
        "status.lastPhaseTransitionTime", "metadata.finalizers[0]: \"kubernetes.io/pv", "metadata.managedFields",
    ];

    public static TheoryData<string> Objects =>
        [.. Names("objects").Where(name => name.EndsWith(".in", StringComparison.Ordinal)).Select(name => name[..^3]).Except(Skipped.Keys)];

    public static TheoryData<string> Minimal => [.. Names("defaults").Where(name => name != "pod-scheduling")];

    [Theory]
    [MemberData(nameof(Objects))]
    public void Admit_RecordedObject_GivesWhatTheRealServerStored(string name)
    {
        var stored = Golden.Json($"objects/{name}.json");
        var created = NewObject.Create(Golden.Json($"objects/{name}.in.json"), Metadata(stored), stored.ToJsonString());
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, "goldens", $"objects/{name}.status-in.json")))
        {
            stored.Remove("status");
            created.Remove("status");
        }

        Assert.Equal(Compared(FlatJson.Lines(stored)), Compared(FlatJson.Lines(created)));
    }

    [Theory]
    [MemberData(nameof(Minimal))]
    public void Admit_MinimalObject_GivesWhatTheRealServerStored(string name)
    {
        var golden = Golden.Json($"defaults/{name}.json");
        var stored = golden["stored"]!.AsObject();
        var created = NewObject.Create(golden["sent"]!.AsObject(), Metadata(stored), stored.ToJsonString());
        var lines = stored.Select(entry => $"{entry.Key}: {entry.Value?.ToJsonString() ?? "null"}").Order(StringComparer.Ordinal);
        Assert.Equal(Compared(lines), Compared(FlatJson.Lines(created)));
    }

    private static IEnumerable<string> Names(string folder) => ((IEnumerable<object[]>)Golden.Names(folder)).Select(row => (string)row[0]);

    private static string Compared(IEnumerable<string> lines) =>
        string.Join('\n', lines.Where(line => !NotCompared.Any(left => line.StartsWith(left, StringComparison.Ordinal))));

    /// <summary>The recorded metadata, from a document or from the flat form of one.</summary>
    private static ObjectMeta Metadata(JsonObject stored)
    {
        var metadata = stored["metadata"]?.DeepClone().AsObject();
        if (metadata is null)
        {
            metadata = [];
            foreach (var field in (string[])["name", "namespace", "uid", "resourceVersion", "creationTimestamp", "generation"])
            {
                if (stored[$"metadata.{field}"] is { } value)
                {
                    metadata[field] = value.DeepClone();
                }
            }
        }

        return KubernetesJson.Read<ObjectMeta>(Encoding.UTF8.GetBytes(metadata.ToJsonString()));
    }
}
