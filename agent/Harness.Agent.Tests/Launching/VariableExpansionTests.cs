using Harness.Agent.Launching;

namespace Harness.Agent.Tests.Launching;

public sealed class VariableExpansionTests
{
    private static readonly Dictionary<string, string> Variables = new() { ["A"] = "1", ["B"] = "two $(A)" };

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("$(A)", "1")]
    [InlineData("x$(A)y$(A)", "x1y1")]
    [InlineData("$(B)", "two $(A)")]
    [InlineData("$$(A)", "$(A)")]
    [InlineData("$$$(A)", "$1")]
    [InlineData("$(UNKNOWN)", "$(UNKNOWN)")]
    [InlineData("$A", "$A")]
    [InlineData("$(A", "$(A")]
    [InlineData("cost: 5$", "cost: 5$")]
    [InlineData("$", "$")]
    [InlineData("", "")]
    public void Expand_Text_AsKubernetesDoes(string text, string expected) => Assert.Equal(expected, VariableExpansion.Expand(text, Variables));
}
