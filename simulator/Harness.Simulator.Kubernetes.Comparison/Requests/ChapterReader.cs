namespace Harness.Simulator.Kubernetes.Comparison.Requests;

/// <summary>
/// Reads the text of a chapter. A step begins with <c>### name</c>; then come the request line, headers, the body, and lines with
/// <c>&gt;</c> that say what becomes of the answer. <c>LIFE path</c> stands for the whole life of an object of that collection. Pure.
/// </summary>
internal sealed class ChapterReader(string lifeTemplate)
{
    private const string Life = "LIFE";

    public Chapter Read(string name, string text)
    {
        string[] blocks = Blocks(text);
        List<VersionAlias> aliases = [.. blocks[0].Split('\n').Where(line => line.StartsWith("@alias ", StringComparison.Ordinal)).Select(line => Alias(name, line))];
        List<Step> steps = [.. blocks.Skip(1).SelectMany(block => Steps(name, block))];
        string? twice = steps.GroupBy(step => step.Name).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null ? new Chapter(name, aliases, steps) : throw new RequestFormatException(name, twice, "the name is there twice");
    }

    private static VersionAlias Alias(string chapter, string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var version, var resource, "=", var older]
        ? new VersionAlias(version, resource, older)
        : throw new RequestFormatException(chapter, line, "an alias is written '@alias VERSION RESOURCE = OLDER'");

    private static string[] Blocks(string text) => ("\n" + text).Split("\n### ");

    private IEnumerable<Step> Steps(string chapter, string block)
    {
        Step step = StepReader.Read(chapter, block);
        return step.Method == Life ? Expand(chapter, step) : [step];
    }

    private IEnumerable<Step> Expand(string chapter, Step life)
    {
        string filled = lifeTemplate
            .Replace("{{life}}", life.Name, StringComparison.Ordinal)
            .Replace("{{collection}}", life.Target, StringComparison.Ordinal)
            .Replace("{{object}}", life.Body ?? throw new RequestFormatException(chapter, life.Name, "a life needs an object"), StringComparison.Ordinal);
        foreach ((string header, string value) in life.Headers)
        {
            filled = filled.Replace($"{{{{{header}}}}}", value, StringComparison.Ordinal);
        }

        return Blocks(filled).Skip(1).Select(block => StepReader.Read(chapter, block));
    }
}
