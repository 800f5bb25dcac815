using Google.Protobuf.Collections;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Controllers.Machinery;

namespace Harness.Simulator.Kubernetes.Tests.Controllers.Machinery;

public sealed class LabelMatchTests
{
    private static readonly MapField<string, string> Labels = new() { ["app"] = "hello", ["tier"] = "" };

    [Theory]
    [InlineData("", "", "", false)]
    [InlineData("app", "=", "hello", true)]
    [InlineData("app", "=", "other", false)]
    [InlineData("app", "In", "x,hello", true)]
    [InlineData("app", "NotIn", "hello", false)]
    [InlineData("none", "NotIn", "hello", true)]
    [InlineData("tier", "Exists", "", true)]
    [InlineData("none", "Exists", "", false)]
    [InlineData("none", "DoesNotExist", "", true)]
    [InlineData("app", "Like", "hello", false)]
    public void Matches_Selector_AsKubernetesDoes(string key, string comparison, string values, bool expected)
    {
        var selector = new LabelSelector();
        if (comparison == "=")
        {
            selector.MatchLabels[key] = values;
        }
        else if (comparison.Length > 0)
        {
            selector.MatchExpressions.Add(new LabelSelectorRequirement { Key = key, Operator = comparison, Values = { values.Split(',') } });
        }

        Assert.Equal(expected, LabelMatch.Matches(selector, Labels));
    }

    [Fact]
    public void Matches_NoSelector_MatchesNothing() => Assert.False(LabelMatch.Matches(null, Labels));
}
