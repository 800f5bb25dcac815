using System.Text.Json.Nodes;
using Harness.Simulator.Kubernetes.Comparison.Normalising;
using Harness.Simulator.Kubernetes.Comparison.Playing;
using Harness.Simulator.Kubernetes.Comparison.Requests;

namespace Harness.Simulator.Kubernetes.Comparison.Tests.Normalising;

public sealed class AnswerNormaliserTests
{
    private const string One = "0a0a0a0a-0000-0000-0000-000000000001";
    private const string Two = "0a0a0a0a-0000-0000-0000-000000000002";

    private readonly AnswerNormaliser _normaliser = new(TimeProvider.System);

    [Fact]
    public void Normalise_ObjectOverItsLife_LabelsVersionsAndUids()
    {
        string first = Body($$$"""{"metadata":{"name":"cm","uid":"{{{One}}}","resourceVersion":"10"}}""");
        string changed = Body($$$"""{"metadata":{"name":"cm","uid":"{{{One}}}","resourceVersion":"12"}}""");
        string again = Body($$$"""{"metadata":{"name":"cm","uid":"{{{Two}}}","resourceVersion":"15"}}""");
        string refusal = Body($$$"""{"message":"UID {{{One}}} does not match {{{Two}}}"}""");

        Assert.Equal("""{"metadata":{"name":"cm","uid":"<uid cm>","resourceVersion":"<rv cm 1>"}}""", first);
        Assert.Equal("""{"metadata":{"name":"cm","uid":"<uid cm>","resourceVersion":"<rv cm 2>"}}""", changed);
        Assert.Equal("""{"metadata":{"name":"cm","uid":"<uid cm 2>","resourceVersion":"<rv cm 3>"}}""", again);
        Assert.Equal("""{"message":"UID <uid cm> does not match <uid cm 2>"}""", refusal);
    }

    [Fact]
    public void Normalise_GeneratedName_IsTheSameEverywhere()
    {
        Body("""{"metadata":{"generateName":"gen-","name":"gen-x7k2p"}}""");

        Assert.Equal("""{"message":"gen-<suffix 1> is there"}""", Body("""{"message":"gen-x7k2p is there"}"""));
    }

    [Fact]
    public void Normalise_Times_OnlyRecentOnesAreReplaced()
    {
        string now = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal("""{"a":"<time>","b":"2020-01-01T00:00:00Z"}""", Body($$"""{"a":"{{now}}","b":"2020-01-01T00:00:00Z"}"""));
    }

    [Theory]
    [InlineData("""{"managedFields":[{"manager":"x"}]}""", """{"managedFields":"<managed fields>"}""")]
    [InlineData("""{"cells":["pod","5m10s",3]}""", """{"cells":["pod","<age>",3]}""")]
    [InlineData("""{"metadata":{"resourceVersion":"77"}}""", """{"metadata":{"resourceVersion":"<rv>"}}""")]
    [InlineData("""{"message":"too old resource version: 1 (598)"}""", """{"message":"too old resource version: <rv> (<rv>)"}""")]
    [InlineData("""{"clusterIP":"10.96.3.4"}""", """{"clusterIP":"<cluster ip>"}""")]
    [InlineData("""{"nodePort":31234,"port":31234}""", """{"nodePort":"<node port>","port":31234}""")]
    [InlineData("""{"name":"kube-api-access-ab12c"}""", """{"name":"kube-api-access-<suffix>"}""")]
    [InlineData("""{"continue":"eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6OSwic3RhcnQiOiJhXHUwMDAwIn0"}""", """{"continue":"<continue meta.k8s.io/v1 rv <rv> start a\\0>"}""")]
    [InlineData("""{"columnDefinitions":[{"name":"Name","format":"name","description":"prose"}]}""", """{"columnDefinitions":[{"name":"Name","format":"name"}]}""")]
    public void Normalise_WhatDiffersOnEachRun_IsReplacedByWhatItIs(string body, string expected) => Assert.Equal(expected, Body(body));

    [Fact]
    public void Normalise_PortThatWasAskedFor_Stays() =>
        Assert.Equal("""{"nodePort":30777}""", Body("""{"nodePort":30777}""", sent: """{"nodePort":30777}"""));

    [Fact]
    public void Normalise_OnlyPart_KeepsThatPartOfSuccessesAndAllOfRefusals()
    {
        var step = new Step("s", "GET", "/api/v1/pods/p", [], null) { Only = "spec.a" };

        Assert.Equal("1", Normalise(step, 200, """{"spec":{"a":1,"b":2}}"""));
        Assert.Equal("""{"message":"no"}""", Normalise(step, 404, """{"message":"no"}"""));
    }

    private string Body(string body, string sent = "") => Normalise(new Step("s", "GET", "/api/v1/namespaces/n/configmaps/cm", [], null), 200, body, sent);

    private string Normalise(Step step, int code, string body, string sent = "")
    {
        JsonObject answer = _normaliser.Normalise(new PlayedStep(step, step.Target, sent, new RawAnswer(code, "application/json", [], "", JsonNode.Parse(body))));
        return answer["body"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
