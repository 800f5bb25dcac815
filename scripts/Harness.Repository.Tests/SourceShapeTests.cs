using System.Text.RegularExpressions;

namespace Harness.Repository.Tests;

/// <summary>Holds what keeps a stranger's walk through the sources short: file sizes, names, and words that should not stay.</summary>
public sealed partial class SourceShapeTests
{
    private const int LineLimit = 500;
    /// <summary>Kubernetes' own word for the program that runs the built-in controllers.</summary>
    private const string FieldTerm = "ControllerManager.cs";

    private static readonly string[] VagueNouns = ["Utils", "Helpers", "Helper", "Common", "Manager", "Base", "Impl"];

    [Fact]
    public void SourceFiles_StayUnderTheLineLimit()
    {
        var tooLong = Checkout.Files(".cs")
            .Select(path => (Path: Checkout.Relative(path), Lines: File.ReadLines(path).Count()))
            .Where(file => file.Lines > LineLimit);

        Assert.Empty(tooLong);
    }

    [Fact]
    public void TypeFiles_AreNotNamedVaguely() =>
        // ClientBase and its like are the official gRPC names.
        Assert.DoesNotContain(
            Checkout.Files(".cs").Where(path => !path.Contains("/Grpc.Core/", StringComparison.Ordinal) && Path.GetFileName(path) != FieldTerm),
            path => VagueNouns.Any(noun => Path.GetFileNameWithoutExtension(path).EndsWith(noun, StringComparison.Ordinal)));

    [Fact]
    public void Sources_HoldNoUnfinishedWork() =>
        Assert.Empty(Checkout.Files(".cs")
            .Where(path => Path.GetFileName(path) != $"{nameof(SourceShapeTests)}.cs")
            .Where(path => UnfinishedWork().IsMatch(File.ReadAllText(path)))
            .Select(Checkout.Relative));

    [Fact]
    public void TopLevel_HoldsOnlyTheFoldersOfTheArchitecture()
    {
        string[] expected = ["provider", "agent", "simulator", "conformance", "bench", "kind", "scripts", "docs"];
        var folders = Directory.GetDirectories(Checkout.Root).Select(Path.GetFileName)
            .Where(name => !name!.StartsWith('.') && name is not ("TestResults" or "artifacts"));

        Assert.Empty(folders.Except(expected));
    }

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK)\b|NotImplemented" + "Exception|#region")]
    private static partial Regex UnfinishedWork();
}
