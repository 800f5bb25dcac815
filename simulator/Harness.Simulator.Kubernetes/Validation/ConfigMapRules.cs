using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>ConfigMaps: no more than a mebibyte, and no change of one that says it is immutable.</summary>
internal sealed class ConfigMapRules : MessageRules<ConfigMap>
{
    private const int MostBytes = 1_048_576;

    protected override IEnumerable<FieldError> ValidateCreate(ConfigMap value) => Keys(value).Concat(Size(value));

    private static IEnumerable<FieldError> Keys(ConfigMap value)
    {
        foreach ((string field, string key) in value.Data.Keys.Select(key => ("data", key)).Concat(value.BinaryData.Keys.Select(key => ("binaryData", key)))
            .OrderBy(one => one.key, StringComparer.Ordinal))
        {
            if (Names.ConfigKeyError(key) is { } wrong)
            {
                yield return FieldError.InvalidString($"{field}[{key}]", key, wrong);
            }

            if (field == "data" && value.BinaryData.ContainsKey(key))
            {
                yield return FieldError.InvalidString($"data[{key}]", key, "duplicate of key present in binaryData");
            }
        }
    }

    private static IEnumerable<FieldError> Size(ConfigMap value)
    {
        long size = value.Data.Sum(one => (long)System.Text.Encoding.UTF8.GetByteCount(one.Value)) + value.BinaryData.Sum(one => (long)one.Value.Length);
        return size > MostBytes ? [FieldError.TooLong("[]", $"may not be more than {MostBytes} bytes")] : [];
    }

    protected override IEnumerable<FieldError> ValidateUpdate(ConfigMap old, ConfigMap value)
    {
        if (old.Immutable)
        {
            if (!value.Immutable)
            {
                yield return FieldError.Forbidden("immutable", "field is immutable when `immutable` is set");
            }

            if (!old.Data.Equals(value.Data))
            {
                yield return FieldError.Forbidden("data", "field is immutable when `immutable` is set");
            }

            if (!old.BinaryData.Equals(value.BinaryData))
            {
                yield return FieldError.Forbidden("binaryData", "field is immutable when `immutable` is set");
            }
        }

        foreach (FieldError error in ValidateCreate(value))
        {
            yield return error;
        }
    }
}
