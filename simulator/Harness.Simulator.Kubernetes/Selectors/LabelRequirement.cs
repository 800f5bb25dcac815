using System.Globalization;
using Google.Protobuf.Collections;

namespace Harness.Simulator.Kubernetes.Selectors;

/// <summary>One requirement on one label. Equality is membership in a set of one. Immutable.</summary>
internal sealed record LabelRequirement(string Key, SelectorOperator Operator, IReadOnlyList<string> Values)
{
    public bool Matches(MapField<string, string> labels)
    {
        bool present = labels.TryGetValue(Key, out string? value);
        return Operator switch
        {
            SelectorOperator.In => present && Values.Contains(value),
            SelectorOperator.NotIn => !present || !Values.Contains(value),
            SelectorOperator.Exists => present,
            SelectorOperator.DoesNotExist => !present,
            SelectorOperator.GreaterThan => present && Compare(value!) > 0,
            SelectorOperator.LessThan => present && Compare(value!) < 0,
            _ => throw new InvalidOperationException($"no such operator: {Operator}"),
        };
    }

    /// <summary>Null (which is neither more nor less) unless both are whole numbers.</summary>
    private int? Compare(string value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long left)
        && long.TryParse(Values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long right)
            ? left.CompareTo(right)
            : null;
}
