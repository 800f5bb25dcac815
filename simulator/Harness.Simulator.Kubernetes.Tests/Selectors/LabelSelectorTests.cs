using Google.Protobuf.Collections;
using Harness.Simulator.Kubernetes.Selectors;

namespace Harness.Simulator.Kubernetes.Tests.Selectors;

public sealed class LabelSelectorTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("app=web", true)]
    [InlineData("app==web,tier!=db", true)]
    [InlineData("app=", false)]
    [InlineData("tier in (front, back)", true)]
    [InlineData("tier notin (front)", false)]
    [InlineData("other notin (x)", true)]
    [InlineData("app", true)]
    [InlineData("!app", false)]
    [InlineData("!other", true)]
    [InlineData("size>4,size<6", true)]
    [InlineData("size>5", false)]
    [InlineData("app>5", false)]
    public void Matches_Text_AsKubernetesReadsIt(string text, bool expected)
    {
        var labels = new MapField<string, string> { ["app"] = "web", ["tier"] = "front", ["size"] = "5" };
        Assert.Equal(expected, LabelSelector.Parse(text).Matches(labels));
    }

    [Theory]
    [InlineData("a in b", "unable to parse requirement: found 'b' expected: '('")]
    [InlineData("a=b!", "found '!', expected: ',' or 'end of string'")]
    [InlineData(",", "found ',', expected: !, identifier, or 'end of string'")]
    public void Parse_NoSelector_SaysWhere(string text, string message) =>
        Assert.Equal(message, Assert.Throws<SelectorException>(() => LabelSelector.Parse(text)).Message);
}
