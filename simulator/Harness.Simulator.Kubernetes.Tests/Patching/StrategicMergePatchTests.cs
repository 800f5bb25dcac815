using System.Text;
using System.Text.Json.Nodes;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Patching;

namespace Harness.Simulator.Kubernetes.Tests.Patching;

public sealed class StrategicMergePatchTests
{
    [Fact]
    public void Apply_NewEntries_ComeBeforeThoseTheServerHas() =>
        AssertNames(Patch("""{"spec":{"containers":[{"name":"c"},{"name":"d"}]}}"""), "c", "d", "a", "b");

    [Fact]
    public void Apply_NewAndOldEntries_OldOnesKeepTheirPlaces() =>
        AssertNames(Patch("""{"spec":{"containers":[{"name":"c"},{"name":"b"},{"name":"d"}]}}"""), "c", "a", "b", "d");

    [Fact]
    public void Apply_OrderOnly_ReordersTheList() =>
        AssertNames(Patch("""{"spec":{"$setElementOrder/containers":[{"name":"b"},{"name":"a"}]}}"""), "b", "a");

    [Fact]
    public void Apply_ReplacedListWithDirective_KeepsOnlyThePatch() =>
        AssertNames(Patch("""{"spec":{"containers":[{"$patch":"replace"},{"name":"z"}]}}"""), "z");

    [Fact]
    public void Apply_InlinedVolumeSource_MergesWithinTheVolume()
    {
        var result = Patch("""{"spec":{"volumes":[{"name":"v","projected":{"sources":[{"secret":{"name":"t"}}]}}]}}""");
        Assert.Equal("t", result["spec"]!["volumes"]![0]!["projected"]!["sources"]![0]!["secret"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public void Apply_NewObjectWithNulls_DropsTheNulls()
    {
        var result = Patch("""{"spec":{"securityContext":{"runAsUser":1,"runAsGroup":null}}}""");
        Assert.Equal("""{"runAsUser":1}""", result["spec"]!["securityContext"]!.ToJsonString());
    }

    [Fact]
    public void Apply_FieldOutsideRetainKeys_IsBadRequest()
    {
        var outcome = Apply("""{"spec":{"volumes":[{"name":"v","$retainKeys":["name"],"emptyDir":{}}]}}""");
        Assert.Equal((400, "invalid patch format of retainKeys"), (outcome.Failure!.Code, outcome.Failure.Message));
    }

    [Fact]
    public void Apply_PatchThatIsAList_IsBadRequestWithoutPrefix()
    {
        var outcome = Apply("[]");
        Assert.Equal("json: cannot unmarshal array into Go value of type map[string]interface {}", outcome.Failure!.Message);
    }

    [Fact]
    public void Apply_WithoutDescriptor_ReplacesLists()
    {
        var document = JsonNode.Parse("""{"list":[{"name":"a"}]}""")!.AsObject();
        var outcome = ObjectPatch.Apply(PatchType.Strategic, document, Encoding.UTF8.GetBytes("""{"list":[{"name":"b"}]}"""), null);
        Assert.Equal("""{"list":[{"name":"b"}]}""", outcome.Document!.ToJsonString());
    }

    private static void AssertNames(JsonObject document, params string[] names) =>
        Assert.Equal(names, document["spec"]!["containers"]!.AsArray().Select(container => container!["name"]!.GetValue<string>()));

    private static JsonObject Patch(string patch)
    {
        var outcome = Apply(patch);
        Assert.True(outcome.IsApplied, outcome.Failure?.Message);
        return outcome.Document;
    }

    private static PatchOutcome Apply(string patch)
    {
        var pod = JsonNode.Parse("""
            {"spec":{"containers":[{"name":"a","image":"a"},{"name":"b","image":"b"}],
             "volumes":[{"name":"v","projected":{"sources":[{"secret":{"name":"s"}}],"defaultMode":420}}]}}
            """)!.AsObject();
        return ObjectPatch.Apply(PatchType.Strategic, pod, Encoding.UTF8.GetBytes(patch), Pod.Descriptor);
    }
}
