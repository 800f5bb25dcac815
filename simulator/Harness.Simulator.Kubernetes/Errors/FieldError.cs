using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Simulator.Kubernetes.Errors;

/// <summary>
/// One thing wrong with one field of an object, in the words of a real API server. Immutable.
/// </summary>
public sealed record FieldError(string Field, string Reason, string Detail)
{
    /// <summary>A field that must be there and is not.</summary>
    public static FieldError Required(string field, string why = "") =>
        new(field, "FieldValueRequired", why.Length == 0 ? "Required value" : $"Required value: {why}");

    /// <summary>A value that is not allowed; <paramref name="value"/> as JSON writes it.</summary>
    public static FieldError Invalid(string field, string value, string why) => new(field, "FieldValueInvalid", $"Invalid value: {value}: {why}");

    /// <summary>A string value that is not allowed.</summary>
    public static FieldError InvalidString(string field, string value, string why) => Invalid(field, GoText.Quote(value), why);

    /// <summary>A field or value that must not be there.</summary>
    public static FieldError Forbidden(string field, string why) => new(field, "FieldValueForbidden", $"Forbidden: {why}");

    /// <summary>The second of two equal entries.</summary>
    public static FieldError Duplicate(string field, string value) => new(field, "FieldValueDuplicate", $"Duplicate value: {GoText.Quote(value)}");

    /// <summary>A value that names something that is not there.</summary>
    public static FieldError NotFound(string field, string value) => new(field, "FieldValueNotFound", $"Not found: {GoText.Quote(value)}");

    /// <summary>A value outside an enumeration.</summary>
    public static FieldError NotSupported(string field, string value, params IEnumerable<string> supported) =>
        new(field, "FieldValueNotSupported",
            $"Unsupported value: {GoText.Quote(value)}: supported values: {string.Join(", ", supported.Select(GoText.Quote))}");

    /// <summary>A value over its size.</summary>
    public static FieldError TooLong(string field, string why) => new(field, "FieldValueTooLong", $"Too long: {why}");

    /// <summary>The error as one cause of a Status.</summary>
    public StatusCause ToCause() => new() { Reason = Reason, Message = Detail, Field = Field };

    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {Detail}";
}
