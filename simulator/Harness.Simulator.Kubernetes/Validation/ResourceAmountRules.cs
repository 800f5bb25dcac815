using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Resource;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>The amounts that a container requests and is limited to.</summary>
internal static class ResourceAmountRules
{
    public static IEnumerable<FieldError> Validate(string path, ResourceRequirements? resources)
    {
        if (resources is null)
        {
            return [];
        }

        return Amounts($"{path}.limits", resources.Limits)
            .Concat(Requests($"{path}.requests", resources));
    }

    private static IEnumerable<FieldError> Requests(string path, ResourceRequirements resources)
    {
        foreach (FieldError error in Amounts(path, resources.Requests))
        {
            yield return error;
        }

        foreach ((string name, Quantity amount) in resources.Requests.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (resources.Limits.TryGetValue(name, out Quantity? limit) && Quantities.Value(amount) > Quantities.Value(limit))
            {
                yield return FieldError.InvalidString(path, amount.String, $"must be less than or equal to {name} limit of {limit.String}");
            }
        }
    }

    private static IEnumerable<FieldError> Amounts(string path, IDictionary<string, Quantity> amounts)
    {
        foreach ((string name, Quantity amount) in amounts.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            string at = $"{path}[{name}]";
            if (!name.Contains('/') && !IsStandard(name))
            {
                yield return FieldError.InvalidString(at, name, "must be a standard resource type or fully qualified");
                yield return FieldError.InvalidString(at, name, "must be a standard resource for containers");
            }

            decimal value = Quantities.Value(amount);
            if (value < 0)
            {
                yield return FieldError.InvalidString(at, amount.String, "must be greater than or equal to 0");
            }
            else if (name.Contains('/') && value != decimal.Truncate(value))
            {
                yield return FieldError.InvalidString(at, amount.String, "must be an integer");
            }
        }
    }

    private static bool IsStandard(string name) => name is "cpu" or "memory" or "ephemeral-storage" || name.StartsWith("hugepages-", StringComparison.Ordinal);
}
