using System.Text;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Selectors;

/// <summary>
/// A conjunction of field values (<c>spec.nodeName=a,status.phase!=Running</c>) over the fields that a resource lets select. Immutable.
/// </summary>
internal sealed class FieldSelector
{
    private readonly IReadOnlyList<FieldRequirement> _requirements;
    private readonly SelectableFields _fields;

    private FieldSelector(IReadOnlyList<FieldRequirement> requirements, SelectableFields fields)
    {
        _requirements = requirements;
        _fields = fields;
    }

    public static FieldSelector Everything { get; } = new([], SelectableFields.MetadataOnly);

    public bool IsEmpty => _requirements.Count == 0;

    /// <summary>The name that every match must have, when the selector says so.</summary>
    public string? RequiredName => _requirements.FirstOrDefault(one => one is { IsEqual: true, Field: "metadata.name" })?.Value;

    public static FieldSelector Parse(string? text, ApiResource resource)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Everything;
        }

        SelectableFields fields = SelectableFields.Of(resource);
        var requirements = new List<FieldRequirement>();
        foreach (string term in Terms(text).Where(term => term.Length > 0))
        {
            FieldRequirement requirement = Requirement(text, term);
            fields.Check(requirement.Field);
            requirements.Add(requirement);
        }

        return new FieldSelector(requirements, fields);
    }

    public bool Matches(StoredObject stored)
    {
        foreach (FieldRequirement requirement in _requirements)
        {
            if (_fields.Value(stored, requirement.Field) == requirement.Value != requirement.IsEqual)
            {
                return false;
            }
        }

        return true;
    }

    private static FieldRequirement Requirement(string selector, string term)
    {
        for (int i = 0; i < term.Length; i++)
        {
            if (term[i] == '\\')
            {
                i++;
            }
            else if (term[i] == '!' && i + 1 < term.Length && term[i + 1] == '=')
            {
                return new FieldRequirement(term[..i], false, Unescaped(term[(i + 2)..]));
            }
            else if (term[i] == '=')
            {
                int value = i + 1 < term.Length && term[i + 1] == '=' ? i + 2 : i + 1;
                return new FieldRequirement(term[..i], true, Unescaped(term[value..]));
            }
        }

        throw new SelectorException($"invalid selector: '{selector}'; can't understand '{term}'");
    }

    private static IEnumerable<string> Terms(string text)
    {
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == ',')
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static string Unescaped(string value)
    {
        var text = new StringBuilder(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            text.Append(value[i] == '\\' && i + 1 < value.Length ? value[++i] : value[i]);
        }

        return text.ToString();
    }
}
