using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>Secrets: of bounded size; the type never changes, nor the data of an immutable one.</summary>
internal sealed class SecretRules : MessageRules<Secret>
{
    private const int MostBytes = 1_048_576;

    protected override IEnumerable<FieldError> ValidateCreate(Secret value) =>
        Keys(value).Concat(SecretTypeRules.Validate(value)).Concat(Size(value));

    private static IEnumerable<FieldError> Keys(Secret value) => value.Data.Keys.Order(StringComparer.Ordinal)
        .Where(key => Names.ConfigKeyError(key) is not null)
        .Select(key => FieldError.InvalidString($"data[{key}]", key, Names.ConfigKeyError(key)!));

    private static IEnumerable<FieldError> Size(Secret value) =>
        value.Data.Sum(one => (long)one.Value.Length) > MostBytes ? [FieldError.TooLong("data", $"may not be more than {MostBytes} bytes")] : [];

    protected override IEnumerable<FieldError> ValidateUpdate(Secret old, Secret value)
    {
        if (old.Type != value.Type)
        {
            yield return FieldError.InvalidString("type", value.Type, "field is immutable");
        }

        if (old.Immutable && !old.Data.Equals(value.Data))
        {
            yield return FieldError.Forbidden("data", "field is immutable when `immutable` is set");
        }

        foreach (FieldError error in ValidateCreate(value))
        {
            yield return error;
        }
    }
}
