using Google.Protobuf.Collections;
using MetaSelector = Harness.Kubernetes.Objects.Meta.V1.LabelSelector;

namespace Harness.Simulator.Kubernetes.Selectors;

/// <summary>
/// A conjunction of requirements on labels, from its text (<c>app=x,tier in (a,b),!old</c>) or from an object's selector. Immutable.
/// </summary>
public sealed class LabelSelector
{
    private readonly IReadOnlyList<LabelRequirement> _requirements;

    internal LabelSelector(IReadOnlyList<LabelRequirement> requirements) => _requirements = requirements;

    /// <summary>Matches every object.</summary>
    public static LabelSelector Everything { get; } = new([]);

    /// <summary>Whether every object matches.</summary>
    public bool IsEmpty => _requirements.Count == 0;

    /// <summary>Reads the text form.</summary>
    /// <exception cref="SelectorException">The text is no selector; the message says where.</exception>
    public static LabelSelector Parse(string? text) =>
        string.IsNullOrEmpty(text) ? Everything : new LabelSelector(new LabelSelectorParser(text).Parse());

    /// <summary>The selector of an object's field; an empty one matches everything.</summary>
    public static LabelSelector Of(MetaSelector selector)
    {
        var requirements = selector.MatchLabels.Select(label => new LabelRequirement(label.Key, SelectorOperator.In, [label.Value])).ToList();
        requirements.AddRange(selector.MatchExpressions.Select(expression =>
            new LabelRequirement(expression.Key, Operator(expression.Operator), [.. expression.Values])));
        return new LabelSelector(requirements);
    }

    /// <summary>Whether the labels meet every requirement.</summary>
    public bool Matches(MapField<string, string> labels)
    {
        foreach (LabelRequirement requirement in _requirements)
        {
            if (!requirement.Matches(labels))
            {
                return false;
            }
        }

        return true;
    }

    private static SelectorOperator Operator(string name) => name switch
    {
        "In" => SelectorOperator.In,
        "NotIn" => SelectorOperator.NotIn,
        "Exists" => SelectorOperator.Exists,
        "DoesNotExist" => SelectorOperator.DoesNotExist,
        _ => throw new SelectorException($"{name} is not a valid label selector operator"),
    };
}
