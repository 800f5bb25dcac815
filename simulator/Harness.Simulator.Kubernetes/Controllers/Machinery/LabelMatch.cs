using Google.Protobuf.Collections;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Simulator.Kubernetes.Controllers.Machinery;

/// <summary>Whether labels meet a selector object. Pure. An empty selector meets nothing here: controllers refuse it.</summary>
internal static class LabelMatch
{
    public static bool Matches(LabelSelector? selector, MapField<string, string> labels) =>
        selector is not null
        && selector.MatchLabels.Count + selector.MatchExpressions.Count > 0
        && selector.MatchLabels.All(wanted => labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value)
        && selector.MatchExpressions.All(requirement => Matches(requirement, labels));

    private static bool Matches(LabelSelectorRequirement requirement, MapField<string, string> labels)
    {
        var has = labels.TryGetValue(requirement.Key, out var value);
        return requirement.Operator switch
        {
            "In" => has && requirement.Values.Contains(value!),
            "NotIn" => !has || !requirement.Values.Contains(value!),
            "Exists" => has,
            "DoesNotExist" => !has,
            _ => false,
        };
    }
}
