using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Simulator.Kubernetes.Comparison.Requests;

/// <summary>
/// The values that answers left for the requests after them, and their insertion for <c>{{name}}</c>. <c>{{repeat a 300}}</c> is 300
/// times the letter a. One for each play of a chapter; for one task.
/// </summary>
internal sealed partial class Variables
{
    private readonly Dictionary<string, string> _values = [];

    public void Set(string name, string value) => _values[name] = value;

    /// <summary>The text with all values in place; one that no answer gave is left as a word that says so.</summary>
    public string Fill(string text) => Place().Replace(text, match => Value(match.Groups[1].Value));

    private string Value(string expression) => expression.Split(' ') switch
    {
        ["repeat", var part, var times] => string.Concat(Enumerable.Repeat(part, int.Parse(times, CultureInfo.InvariantCulture))),
        [var name] => _values.GetValueOrDefault(name, $"no-{name}"),
        _ => throw new FormatException($"{{{{{expression}}}}} is neither a variable nor a repetition"),
    };

    [GeneratedRegex(@"\{\{([^{}]+)\}\}")]
    private static partial Regex Place();
}
