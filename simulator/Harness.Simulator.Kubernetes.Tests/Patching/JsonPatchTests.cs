using System.Text;
using System.Text.Json.Nodes;
using Harness.Simulator.Kubernetes.Patching;

namespace Harness.Simulator.Kubernetes.Tests.Patching;

public sealed class JsonPatchTests
{
    [Theory]
    [InlineData("""[{"op":"add","path":"/list/1","value":9}]""", """{"list":[1,9,2],"map":{"a/b":1,"c~d":2}}""")]
    [InlineData("""[{"op":"add","path":"/list/-","value":9}]""", """{"list":[1,2,9],"map":{"a/b":1,"c~d":2}}""")]
    [InlineData("""[{"op":"remove","path":"/list/-1"}]""", """{"list":[1],"map":{"a/b":1,"c~d":2}}""")]
    [InlineData("""[{"op":"replace","path":"/map/a~1b","value":null}]""", """{"list":[1,2],"map":{"a/b":null,"c~d":2}}""")]
    [InlineData("""[{"op":"remove","path":"/map/c~0d"},{"op":"test","path":"/map/c~0d","value":null}]""", """{"list":[1,2],"map":{"a/b":1}}""")]
    [InlineData("""[{"op":"move","from":"/list/0","path":"/list/1"}]""", """{"list":[2,1],"map":{"a/b":1,"c~d":2}}""")]
    [InlineData("""[{"op":"replace","path":"","value":{"x":1}}]""", """{"x":1}""")]
    public void Apply_Operations_ChangeTheDocument(string patch, string expected) =>
        Assert.Equal(expected, Apply(patch).Document?.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

    [Theory]
    [InlineData("""[{"op":"add","path":"/list/3","value":9}]""")]
    [InlineData("""[{"op":"add","path":"/none/x","value":9}]""")]
    [InlineData("""[{"op":"add","path":"/x"}]""")]
    [InlineData("""[{"op":"add","path":"x","value":1}]""")]
    [InlineData("""[{"op":"copy","from":"/none","path":"/x"}]""")]
    [InlineData("""[{"op":"test","path":"/list","value":[2,1]}]""")]
    [InlineData("""[{"op":"remove","path":""}]""")]
    [InlineData("""[1]""")]
    public void Apply_WhatDoesNotFit_IsInvalidWithoutAReason(string patch)
    {
        var failure = Apply(patch).Failure!;
        Assert.Equal((422, "Invalid", true), (failure.Code, failure.Reason, failure.HasEmptyDetails));
    }

    [Fact]
    public void Apply_MoreThanTenThousandOperations_IsTooLarge()
    {
        var operations = string.Join(',', Enumerable.Repeat("""{"op":"test","path":"/x","value":null}""", 10_001));
        Assert.Equal(413, Apply($"[{operations}]").Failure!.Code);
    }

    [Theory]
    [InlineData("", "unexpected end of JSON input")]
    [InlineData("[{", "unexpected end of JSON input")]
    [InlineData("x", "invalid character 'x' looking for beginning of value")]
    public void Apply_NoJson_TellsWhatGoWouldTell(string patch, string expected) =>
        Assert.Equal($"error decoding patch: {expected}", Apply(patch).Failure!.Message);

    private static PatchOutcome Apply(string patch) => ObjectPatch.Apply(
        PatchType.Json,
        JsonNode.Parse("""{"list":[1,2],"map":{"a/b":1,"c~d":2}}""")!.AsObject(),
        Encoding.UTF8.GetBytes(patch),
        null);
}
