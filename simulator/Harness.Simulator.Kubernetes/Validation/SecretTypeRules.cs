using System.Text.Json;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>What a secret of a well-known type must hold.</summary>
internal static class SecretTypeRules
{
    private const string AccountName = "kubernetes.io/service-account.name";

    public static IEnumerable<FieldError> Validate(Secret secret) => secret.Type switch
    {
        "kubernetes.io/service-account-token" when !secret.Metadata.Annotations.TryGetValue(AccountName, out string? name) || name.Length == 0 =>
            [FieldError.Required($"metadata.annotations[{AccountName}]")],
        "kubernetes.io/dockercfg" => Document(secret, ".dockercfg"),
        "kubernetes.io/dockerconfigjson" => Document(secret, ".dockerconfigjson"),
        "kubernetes.io/tls" => Keys(secret, "data[{0}]", "tls.crt", "tls.key"),
        "kubernetes.io/ssh-auth" => Keys(secret, "data[%s][{0}]", "ssh-privatekey"),
        "kubernetes.io/basic-auth" when !secret.Data.ContainsKey("username") && !secret.Data.ContainsKey("password") =>
            Keys(secret, "data[%s][{0}]", "username", "password"),
        _ => [],
    };

    /// <summary>The odd <c>%s</c> in some of the fields is a real API server's.</summary>
    private static IEnumerable<FieldError> Keys(Secret secret, string field, params string[] keys) => keys
        .Where(key => !secret.Data.ContainsKey(key))
        .Select(key => FieldError.Required(field.Replace("{0}", key, StringComparison.Ordinal)));

    private static IEnumerable<FieldError> Document(Secret secret, string key)
    {
        if (!secret.Data.TryGetValue(key, out Google.Protobuf.ByteString? content))
        {
            yield return FieldError.Required($"data[{key}]");
        }
        else if (!IsJson(content.Span))
        {
            yield return FieldError.InvalidString($"data[{key}]", "<secret contents redacted>", "it is no JSON");
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content);
        try
        {
            return JsonDocument.TryParseValue(ref reader, out JsonDocument? document) && Dispose(document);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Dispose(JsonDocument document)
    {
        document.Dispose();
        return true;
    }
}
