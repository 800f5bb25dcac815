using System.Text.Json;
using System.Text.RegularExpressions;

namespace Harness.Repository.Tests;

/// <summary>Holds what continuous integration may do, and that it calls what a person calls.</summary>
public sealed class WorkflowTests
{
    private const string Pinned = "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0";

    private static readonly HashSet<string> Targets =
        [.. Regex.Matches(File.ReadAllText(Path.Combine(Checkout.Root, "Makefile")), "^([a-z-]+):", RegexOptions.Multiline).Select(match => match.Groups[1].Value)];

    public static TheoryData<string> Files() =>
        new(Directory.GetFiles(Path.Combine(Checkout.Root, ".github", "workflows")).Select(path => Path.GetFileName(path)));

    [Theory]
    [MemberData(nameof(Files))]
    public void Workflow_OfTheRepository_KeepsTheRules(string file) =>
        Assert.Empty(new Workflow(File.ReadAllText(Path.Combine(Checkout.Root, ".github", "workflows", file)), Targets, Exists).Problems());

    [Theory]
    [InlineData("actions/checkout@v5", "contents: read", "timeout-minutes: 5", "make test", "not pinned")]
    [InlineData("actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8", "contents: read", "timeout-minutes: 5", "make test", "not pinned")]
    [InlineData(Pinned, "contents: write", "timeout-minutes: 5", "make test", "may write contents")]
    [InlineData(Pinned, "", "timeout-minutes: 5", "make test", "no permissions")]
    [InlineData(Pinned, "contents: read", "name: x", "make test", "no timeout-minutes")]
    [InlineData(Pinned, "contents: read", "timeout-minutes: 5", "make tset", "make tset")]
    [InlineData(Pinned, "contents: read", "timeout-minutes: 5", "scripts/tset", "scripts/tset")]
    public void Workflow_WithAPlantedMistake_IsFound(string uses, string permission, string timeout, string run, string problem)
    {
        var text = $"permissions:\n  {permission}\njobs:\n  one:\n    {timeout}\n    steps:\n      - uses: {uses}\n      - run: {run}\n";

        Assert.Contains(problem, Assert.Single(new Workflow(text, Targets, Exists).Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void DevContainer_IsBuiltFromAFileThatIsThere()
    {
        var folder = Path.Combine(Checkout.Root, ".devcontainer");
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "devcontainer.json")));

        Assert.True(File.Exists(Path.Combine(folder, document.RootElement.GetProperty("build").GetProperty("dockerfile").GetString()!)));
    }

    private static bool Exists(string script) => File.Exists(Path.Combine(Checkout.Root, script));
}
