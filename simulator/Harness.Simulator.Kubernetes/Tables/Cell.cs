using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tables;

/// <summary>Texts that several kinds' cells share: templates, selectors, capped lists. Pure.</summary>
internal static class Cell
{
    public const string None = "<none>";

    private const int ListLimit = 3;

    public static string Name(JsonObject item) => item.Text("metadata", "name");

    /// <summary>The names of a template's containers.</summary>
    public static string Containers(JsonNode? template) =>
        string.Join(',', template.Items("spec", "containers").Select(container => container.Text("name")));

    /// <summary>The images of a template's containers.</summary>
    public static string Images(JsonNode? template) =>
        string.Join(',', template.Items("spec", "containers").Select(container => container.Text("image")));

    /// <summary>A map of labels as <c>a=b,c=d</c>.</summary>
    public static string Labels(JsonNode? labels) => string.Join(',', labels.Pairs().Select(pair => $"{pair.Key}={pair.Value}")).Or(None);

    /// <summary>A LabelSelector as kubectl's -l would take it.</summary>
    public static string Selector(JsonNode? selector)
    {
        if (selector is null)
        {
            return None;
        }

        var requirements = selector.Pairs("matchLabels").Select(pair => (pair.Key, Text: $"{pair.Key}={pair.Value}"))
            .Concat(selector.Items("matchExpressions").Select(expression => (Key: expression.Text("key"), Text: Requirement(expression))))
            .OrderBy(requirement => requirement.Key, StringComparer.Ordinal);
        return string.Join(',', requirements.Select(requirement => requirement.Text)).Or(None);
    }

    /// <summary>The first three texts, and how many more there are.</summary>
    public static string Capped(IReadOnlyCollection<string> texts, string whenEmpty)
    {
        var shown = string.Join(',', texts.Take(ListLimit));
        return texts.Count > ListLimit ? $"{shown} + {texts.Count - ListLimit} more..." : shown.Or(whenEmpty);
    }

    private static string Requirement(JsonNode? expression)
    {
        var key = expression.Text("key");
        var values = string.Join(',', expression.Items("values").Select(value => value.Text()).Order(StringComparer.Ordinal));
        return expression.Text("operator") switch
        {
            "In" => $"{key} in ({values})",
            "NotIn" => $"{key} notin ({values})",
            "DoesNotExist" => $"!{key}",
            _ => key,
        };
    }
}
