using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Harness.Simulator.Kubernetes.Patching;

namespace Harness.Simulator.Kubernetes.Tests.Patching;

public sealed class MergePatchPropertyTests
{
    private static readonly string[] _names = ["a", "b", "c"];

    [Fact]
    public void Apply_Twice_ChangesNothingMore() => Prop.ForAll(Documents().ToArbitrary(), Documents().ToArbitrary(), (document, patch) =>
    {
        var once = MergePatch.Apply(document, patch);
        return JsonNode.DeepEquals(once, MergePatch.Apply(once, patch));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Apply_EmptyPatch_ChangesNothing() => Prop.ForAll(Documents().ToArbitrary(), document =>
        JsonNode.DeepEquals(document, MergePatch.Apply(document, []))).QuickCheckThrowOnFailure();

    [Fact]
    public void Apply_ToNothing_LeavesNoNulls() => Prop.ForAll(Documents().ToArbitrary(), patch =>
        !MergePatch.Apply([], patch).ToJsonString().Contains(":null", StringComparison.Ordinal)).QuickCheckThrowOnFailure();

    [Fact]
    public void ApplyStrategic_WithoutASchema_IsAMergePatch() => Prop.ForAll(Documents().ToArbitrary(), Documents().ToArbitrary(), (document, patch) =>
        JsonNode.DeepEquals(MergePatch.Apply(document, patch), StrategicMergePatch.Apply(document, patch, null).Document)).QuickCheckThrowOnFailure();

    private static Gen<JsonObject> Documents() => Gen.Sized(size => Objects(Math.Min(size, 4)));

    private static Gen<JsonObject> Objects(int depth) =>
        from name in Gen.SubListOf(_names)
        from values in Gen.ListOf(Values(depth), name.Count)
        select new JsonObject(name.Zip(values, (key, value) => KeyValuePair.Create(key, value?.DeepClone())));

    private static Gen<JsonNode?> Values(int depth)
    {
        var leaf = Gen.Elements<string?>(null, "1", "\"x\"", "[1,2]").Select(text => text is null ? null : JsonNode.Parse(text));
        return depth == 0 ? leaf : Gen.OneOf(leaf, Objects(depth - 1).Select(JsonNode? (value) => value));
    }
}
