using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Harness.Repository.Tests;

/// <summary>A workflow of GitHub Actions, and what is wrong with it by this repository's rules.</summary>
/// <param name="Text">The file's text.</param>
/// <param name="MakeTargets">What <c>make</c> can be asked for.</param>
/// <param name="ScriptExists">Whether a path such as <c>scripts/test</c> is there.</param>
internal sealed partial record Workflow(string Text, IReadOnlySet<string> MakeTargets, Predicate<string> ScriptExists)
{
    /// <summary>Empty for a workflow that keeps the rules.</summary>
    public IEnumerable<string> Problems()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Text));
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        return ActionProblems().Concat(PermissionProblems(root)).Concat(Jobs(root).SelectMany(JobProblems));
    }

    /// <summary>A tag can be moved, a commit cannot; the comment tells people which version it is.</summary>
    private IEnumerable<string> ActionProblems() =>
        Text.Split('\n').Where(line => Uses().IsMatch(line) && !PinnedUses().IsMatch(line)).Select(line => $"not pinned by commit and version: {line.Trim()}");

    private static IEnumerable<string> PermissionProblems(YamlMappingNode root)
    {
        if (Child(root, "permissions") is not YamlMappingNode permissions)
        {
            yield return "no permissions for the whole workflow";
            yield break;
        }

        foreach (var (name, access) in permissions.Children.Where(child => child.Value.ToString() is not ("read" or "none")))
        {
            yield return $"every job may {access} {name}";
        }
    }

    private IEnumerable<string> JobProblems(KeyValuePair<YamlNode, YamlNode> job)
    {
        if (Child(job.Value, "timeout-minutes") is null)
        {
            yield return $"job {job.Key} has no timeout-minutes";
        }

        foreach (var step in (Child(job.Value, "steps") as YamlSequenceNode ?? []).Where(step => Child(step, "if")?.ToString().StartsWith("hashFiles(", StringComparison.Ordinal) != true))
        {
            var run = Child(step, "run")?.ToString() ?? "";
            foreach (var target in Make().Matches(run).Select(match => match.Groups["target"].Value).Where(target => !MakeTargets.Contains(target)))
            {
                yield return $"job {job.Key} runs make {target}, which is not there";
            }

            foreach (var script in Script().Matches(run).Select(match => match.Value).Where(script => !ScriptExists(script)))
            {
                yield return $"job {job.Key} runs {script}, which is not there";
            }
        }
    }

    private static IEnumerable<KeyValuePair<YamlNode, YamlNode>> Jobs(YamlMappingNode root) => Child(root, "jobs") is YamlMappingNode jobs ? jobs.Children : [];

    private static YamlNode? Child(YamlNode node, string name) => node is YamlMappingNode map && map.Children.TryGetValue(name, out var child) ? child : null;

    [GeneratedRegex(@"^\s*(- )?uses:")]
    private static partial Regex Uses();

    [GeneratedRegex(@"^\s*(- )?uses: ([\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\./\S+)$")]
    private static partial Regex PinnedUses();

    [GeneratedRegex(@"^\s*make (?<target>[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex Make();

    [GeneratedRegex(@"(?<!\S)scripts/[\w.-]+")]
    private static partial Regex Script();
}
