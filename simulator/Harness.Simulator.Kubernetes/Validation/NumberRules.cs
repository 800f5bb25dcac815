using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>What is wrong with numbers. Pure.</summary>
internal static class NumberRules
{
    /// <summary>Complains of each field whose value is below zero; a field that is absent is zero.</summary>
    public static IEnumerable<FieldError> NotNegative(params IEnumerable<(string Field, long Value)> fields) =>
        fields.Where(one => one.Value < 0).Select(one => FieldError.Invalid(one.Field, $"{one.Value}", "must be greater than or equal to 0"));
}
