using Google.Protobuf;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>Secrets: text data joins the other data, the type never changes.</summary>
internal sealed class SecretRules : MessageRules<Secret>
{
    private const int MostBytes = 1_048_576;

    protected override void PrepareCreate(Secret value)
    {
        foreach ((string key, string text) in value.StringData)
        {
            value.Data[key] = ByteString.CopyFromUtf8(text);
        }

        value.StringData.Clear();
        if (value.Type.Length == 0)
        {
            value.Type = "Opaque";
        }
    }

    protected override void PrepareUpdate(Secret old, Secret value) => PrepareCreate(value);

    protected override IEnumerable<FieldError> ValidateCreate(Secret value) =>
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
