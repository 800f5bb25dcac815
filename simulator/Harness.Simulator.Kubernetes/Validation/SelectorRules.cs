using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>What is wrong with the label selector of an object. Pure.</summary>
internal static class SelectorRules
{
    public static IEnumerable<FieldError> Validate(string path, LabelSelector selector)
    {
        for (int i = 0; i < selector.MatchExpressions.Count; i++)
        {
            LabelSelectorRequirement expression = selector.MatchExpressions[i];
            string at = $"{path}.matchExpressions[{i}]";
            switch (expression.Operator)
            {
                case "In" or "NotIn" when expression.Values.Count == 0:
                    yield return FieldError.Required($"{at}.values", "must be specified when `operator` is 'In' or 'NotIn'");
                    break;
                case "Exists" or "DoesNotExist" when expression.Values.Count > 0:
                    yield return FieldError.Forbidden($"{at}.values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                    break;
                case "In" or "NotIn" or "Exists" or "DoesNotExist":
                    break;
                default:
                    yield return FieldError.InvalidString($"{at}.operator", expression.Operator, "not a valid selector operator");
                    break;
            }
        }
    }
}
