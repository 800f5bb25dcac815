using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Harness.Simulator.Kubernetes.Patching;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.Tests.Patching;

/// <summary>
/// Each recorded PATCH: what came before and the patch give the recorded answer. The recording went through a whole server, so what that
/// adds (defaults, versions) is left out of the comparison, and the cases that only a whole server can decide are named here.
/// </summary>
public sealed class PatchGoldenTests
{
    private static readonly HashSet<string> _serverSetFields = ["resourceVersion", "generation", "observedGeneration"];

    // The server refuses the patched object, ignores parts of it, or answers with another kind.
    private static readonly HashSet<string> _needServer =
    [
        "10-json-patch-result-invalid", "11-json-patch-change-name", "20-merge-patch-status-through-main-resource-ignored",
        "21-merge-patch-status-subresource", "22-merge-patch-metadata-uid", "23-merge-patch-generation-and-creation-ignored",
        "24-merge-patch-scale-subresource", "39-strategic-volume-without-retainkeys", "41-strategic-strategy-without-retainkeys",
        "54-strategic-status-podips-by-ip", "55-strategic-status-uid-guard",
    ];

    // What defaulting writes into an object; other additions of the answer are differences.
    private static readonly HashSet<string> _defaults =
    [
        "replicas", "revisionHistoryLimit", "terminationMessagePath", "terminationMessagePolicy", "imagePullPolicy", "resources", "protocol", "type",
        "lastProbeTime", "lastTransitionTime", "lastHeartbeatTime", "targetPort", "lastState", "apiVersion", "fieldRef", "defaultMode", "qosClass",
        "allocatable",
    ];

    public static TheoryData<string> Cases => Golden.Names("patches");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Apply_RecordedPatch_GivesTheRecordedAnswer(string name)
    {
        var golden = Golden.Json($"patches/{name}.json");
        var outcome = ObjectPatch.Apply(
            TypeOf(golden["contentType"]!.GetValue<string>()),
            golden["before"]!.AsObject(),
            Encoding.UTF8.GetBytes(golden["patch"]!.GetValue<string>()),
            DescriptorOf(golden["before"]!.AsObject()));
        if (_needServer.Contains(name))
        {
            Assert.True(outcome.IsApplied, outcome.Failure?.Message);
            return;
        }

        var answer = golden["answer"]!.AsObject();
        if (golden["status"]!.GetValue<int>() >= 400)
        {
            AssertRefused(answer, outcome);
            return;
        }

        Assert.True(outcome.IsApplied, outcome.Failure?.Message);
        AssertCovers(answer, outcome.Document, name);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Apply_RecordedPatch_LeavesTheDocumentGivenAsItWas(string name)
    {
        var golden = Golden.Json($"patches/{name}.json");
        var before = golden["before"]!.AsObject();
        var copy = before.DeepClone();
        ObjectPatch.Apply(
            TypeOf(golden["contentType"]!.GetValue<string>()), before, Encoding.UTF8.GetBytes(golden["patch"]!.GetValue<string>()), DescriptorOf(before));
        Assert.True(JsonNode.DeepEquals(copy, before));
    }

    private static void AssertRefused(JsonObject status, PatchOutcome outcome)
    {
        Assert.False(outcome.IsApplied);
        Assert.Equal(status["message"]!.GetValue<string>(), outcome.Failure.Message);
        Assert.Equal(status["code"]!.GetValue<int>(), outcome.Failure.Code);
        Assert.Equal(status["reason"]?.GetValue<string>(), outcome.Failure.Reason);
        Assert.Equal(status.ContainsKey("details"), outcome.Failure.HasEmptyDetails);
    }

    // All that the patch gave stands in the answer, in the same order, and the answer has nothing else but defaults.
    private static void AssertCovers(JsonNode? answer, JsonNode? actual, string path)
    {
        switch (actual, answer)
        {
            case (JsonObject map, JsonObject expected):
                foreach (var (name, value) in map.Where(entry => !_serverSetFields.Contains(entry.Key) && !IsEmpty(entry.Value)))
                {
                    AssertCovers(expected[name], value, $"{path}.{name}");
                }

                var added = expected.Where(entry => IsEmpty(map[entry.Key]) && !IsEmpty(entry.Value)).Select(entry => entry.Key);
                Assert.DoesNotContain(added, name => !_defaults.Contains(name) && !_serverSetFields.Contains(name));
                break;
            case (JsonArray list, JsonArray expected):
                Assert.True(list.Count == expected.Count, $"{path}: {list.ToJsonString()} instead of {expected.ToJsonString()}");
                for (var index = 0; index < list.Count; index++)
                {
                    AssertCovers(expected[index], list[index], $"{path}[{index}]");
                }

                break;
            default:
                Assert.True(JsonNode.DeepEquals(answer, actual), $"{path}: {actual?.ToJsonString()} instead of {answer?.ToJsonString()}");
                break;
        }
    }

    private static bool IsEmpty(JsonNode? node) => node is null or JsonObject { Count: 0 };

    private static PatchType TypeOf(string contentType) => contentType switch
    {
        "application/json-patch+json" => PatchType.Json,
        "application/merge-patch+json" => PatchType.Merge,
        _ => PatchType.Strategic,
    };

    private static MessageDescriptor? DescriptorOf(JsonObject document) =>
        ResourceRegistry.BuiltIn.FindKind(document["apiVersion"]!.GetValue<string>(), document["kind"]!.GetValue<string>())?.Descriptor;
}
