using System.Text.Json.Nodes;
using Harness.Simulator.Kubernetes.Comparison.Differences;

namespace Harness.Simulator.Kubernetes.Comparison.Tests.Differences;

public sealed class AnswerDifferTests
{
    public static TheoryData<string, string, string[]> Cases => new()
    {
        { """{"a":1}""", """{"a":1}""", [] },
        { """{"a":1,"b":2}""", """{"b":2,"a":1}""", [] },
        { """{"a":1}""", """{"a":2}""", ["body.a 1 2"] },
        { """{"a":null}""", "{}", ["body.a null (absent)"] },
        { "{}", """{"a":{"b":1}}""", ["""body.a (absent) {"b":1}"""] },
        { """{"l":[{"name":"x","v":1},{"name":"y"}]}""", """{"l":[{"name":"y"},{"name":"x","v":2}]}""", ["body.l[x].v 1 2", "body.l[order] x y y x"] },
        { """{"l":[{"name":"x"}]}""", """{"l":[{"name":"x"},{"name":"z"}]}""", ["""body.l[z] (absent) {"name":"z"}"""] },
        { """{"l":[{"v":1},{"v":1}]}""", """{"l":[{"v":1},{"v":2}]}""", ["body.l[1].v 1 2"] },
        { """{"l":["a","b"]}""", """{"l":["a"]}""", ["body.l[b] \"b\" (absent)"] },
        { """{"items":[{"metadata":{"name":"n","namespace":"s","x":1}}]}""", """{"items":[{"metadata":{"name":"n","namespace":"s"}}]}""", ["body.items[s/n].metadata.x 1 (absent)"] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compare_Bodies_FindsEachPlace(string real, string embedded, string[] expected) => Assert.Equal(expected,
        AnswerDiffer.Compare("c/s", Answer(200, real), Answer(200, embedded)).Select(one => $"{one.Path} {one.Real} {one.Embedded}"));

    [Fact]
    public void Compare_OtherCode_DiffersAsAWhole()
    {
        Difference one = Assert.Single(AnswerDiffer.Compare("c/s", Answer(200, """{"kind":"Pod","a":1}"""), Answer(404, """{"kind":"Status","reason":"NotFound","message":"m"}""")));

        Assert.Equal(("c/s", "answer", "200 Pod", "404 Status NotFound: m"), (one.Step, one.Path, one.Real, one.Embedded));
    }

    [Fact]
    public void Compare_HeadersOfAnAnswer_Count()
    {
        JsonObject real = Answer(200, "{}");
        real["warnings"] = new JsonArray("299 - \"old\"");

        Assert.Equal("warnings", Assert.Single(AnswerDiffer.Compare("c/s", real, Answer(200, "{}"))).Path);
    }

    private static JsonObject Answer(int status, string body) => new() { ["status"] = status, ["body"] = JsonNode.Parse(body) };
}
