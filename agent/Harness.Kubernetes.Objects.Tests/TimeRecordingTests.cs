using System.Text;
using System.Text.Json.Nodes;
using Harness.Kubernetes.Objects.Coordination.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Json;

namespace Harness.Kubernetes.Objects.Tests;

/// <summary>What a real API server made of each text of a moment.</summary>
public sealed class TimeRecordingTests
{
    public static TheoryData<string> Recorded =>
        new(JsonNode.Parse(Goldens.Text("objects/times.json"))!.AsArray().Select(row => row!.ToJsonString()));

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Read_RecordedText_EndsAsRecorded(string row)
    {
        var recorded = JsonNode.Parse(row)!.AsObject();
        if (recorded["status"] is null)
        {
            Assert.Equal(Expected(recorded), Written(recorded));
            return;
        }

        var refused = Assert.Throws<KubernetesFormatException>(() => Written(recorded));
        Assert.EndsWith(": " + refused.Reason, (string?)recorded["message"], StringComparison.Ordinal);
    }

    private static string Expected(JsonObject recorded) => recorded["out"]?.ToJsonString() switch
    {
        "\"(absent)\"" => "absent",
        null => "null",
        var text => text,
    };

    private static string Written(JsonObject recorded)
    {
        var value = recorded["in"]?.ToJsonString() ?? "null";
        var isMicro = (string?)recorded["type"] == "MicroTime";
        var written = isMicro
            ? KubernetesJson.ToDocument(KubernetesJson.Read<Lease>(Encoding.UTF8.GetBytes($$$"""{"spec":{"renewTime":{{{value}}}}}""")))["spec"]!.AsObject()
            : KubernetesJson.ToDocument(KubernetesJson.Read<Event>(Encoding.UTF8.GetBytes($$"""{"firstTimestamp":{{value}}}""")));
        return !written.TryGetPropertyValue(isMicro ? "renewTime" : "firstTimestamp", out var moment) ? "absent"
            : moment?.ToJsonString() ?? "null";
    }
}
