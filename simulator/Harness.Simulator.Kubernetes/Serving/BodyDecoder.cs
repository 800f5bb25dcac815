using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Harness.Kubernetes.Objects;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Protobuf;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Operations;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>
/// Makes objects of request bodies, and complains in the words of a real API server. Stateless.
/// </summary>
internal static class BodyDecoder
{
    private const int QuotedBytes = 30;

    /// <summary>The object of a create or update, in the form of its resource.</summary>
    public static ApiObject Object(ApiResource resource, ResourceRegistry registry, RequestBody body, FieldValidation validation, Action<string> warn)
    {
        if (body.Media == MediaType.Protobuf)
        {
            return FromProtobuf(resource, body.Bytes);
        }

        byte[] json = Json(body, resource.Kind);
        KubernetesTypeMeta type = CheckType(resource, registry, TypeOf(json, resource.Kind));
        var findings = new FieldFindings();
        try
        {
            ApiObject value = ObjectJson.Read(resource, json, findings);
            Tell(type, findings, validation, warn);
            return value;
        }
        catch (KubernetesFormatException wrong)
        {
            throw CannotHandle(type, resource.Kind, wrong.Reason);
        }
    }

    /// <summary>The message of a body that is no stored object: options, bindings, reviews. An empty body is an empty message.</summary>
    public static T Message<T>(RequestBody body, string kind) where T : class, IMessage<T>, new()
    {
        if (body.Bytes.Length == 0)
        {
            return new T();
        }

        try
        {
            if (body.Media == MediaType.Protobuf)
            {
                return KubernetesProtobuf.Decode<T>(body.Bytes);
            }

            byte[] json = Json(body, kind);
            CheckKind(TypeOf(json, kind), KubernetesKinds.Find(new T().Descriptor), kind);
            return KubernetesJson.Read<T>(json);
        }
        catch (KubernetesFormatException wrong)
        {
            throw ApiErrors.BadRequest($"{kind} in version \"v1\" cannot be handled as a {kind}: {wrong.Reason}");
        }
    }

    /// <summary>The options of a deletion. A real API server answers 500 to a body that is something else.</summary>
    public static DeleteOptions Options(RequestBody body)
    {
        if (body.Media == MediaType.Protobuf)
        {
            return Message<DeleteOptions>(body, "DeleteOptions");
        }

        byte[] json = Json(body, "DeleteOptions");
        string? kind;
        try
        {
            using var document = JsonDocument.Parse(json);
            kind = document.RootElement.ValueKind == JsonValueKind.Object ? Text(document.RootElement, "kind") : "";
        }
        catch (JsonException)
        {
            throw ApiErrors.Of(500, "", "couldn't get version/kind; json parse error: unexpected end of JSON input");
        }

        return kind is "" or "DeleteOptions"
            ? Message<DeleteOptions>(body, "DeleteOptions")
            : throw ApiErrors.Of(500, "", $"no kind \"{kind}\" is registered for version \"v1\" in scheme \"k8s.io/apimachinery/pkg/apis/meta/internalversion/scheme/register.go:27\"");
    }

    private static void CheckKind(KubernetesTypeMeta found, KubernetesKind? expected, string kind)
    {
        if (found.Kind.Length > 0 && found.Kind != kind && expected is not null)
        {
            string group = expected.Group.Length == 0 ? "core" : expected.Group.Split('.')[0];
            throw CannotHandle(found, kind, $"converting ({Version(found)}.{found.Kind}) to ({group}.{kind}): unknown conversion");
        }
    }

    private static MessageObject FromProtobuf(ApiResource resource, byte[] bytes)
    {
        if (resource.Descriptor is not { } descriptor)
        {
            throw ApiErrors.UnsupportedMediaType("the body of the request was in an unknown format - accepted media types include: application/json, application/yaml");
        }

        try
        {
            return new MessageObject(descriptor.Parser.ParseFrom(KubernetesProtobuf.Open(bytes).Raw));
        }
        catch (Exception wrong) when (wrong is KubernetesFormatException or InvalidProtocolBufferException)
        {
            string reason = wrong is KubernetesFormatException format ? format.Reason : $"proto: {wrong.Message}";
            throw ApiErrors.BadRequest($"the object provided is unrecognized (must be of type {resource.Kind}): {reason} ({Hexadecimal(bytes)})");
        }
    }

    private static byte[] Json(RequestBody body, string kind)
    {
        if (body.Media != MediaType.Yaml)
        {
            return body.Bytes;
        }

        try
        {
            return YamlBody.ToJson(body.Bytes);
        }
        catch (YamlDotNet.Core.YamlException wrong)
        {
            throw ApiErrors.BadRequest($"the object provided is unrecognized (must be of type {kind}): yaml: line {wrong.Start.Line}: {wrong.Message} ({Hexadecimal(body.Bytes)})");
        }
    }

    private static KubernetesTypeMeta TypeOf(byte[] json, string kind)
    {
        string wrong;
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return new KubernetesTypeMeta(Text(document.RootElement, "apiVersion"), Text(document.RootElement, "kind"));
            }

            wrong = $"json: cannot unmarshal {Name(document.RootElement.ValueKind)} into Go value of type struct "
                + "{ APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }";
        }
        catch (JsonException)
        {
            wrong = "unexpected end of JSON input";
        }

        throw ApiErrors.BadRequest($"the object provided is unrecognized (must be of type {kind}): couldn't get version/kind; json parse error: {wrong} ({Quoted(json)})");
    }

    private static KubernetesTypeMeta CheckType(ApiResource resource, ResourceRegistry registry, KubernetesTypeMeta found)
    {
        var type = new KubernetesTypeMeta(
            found.ApiVersion.Length > 0 ? found.ApiVersion : resource.GroupVersion,
            found.Kind.Length > 0 ? found.Kind : resource.Kind);
        if (type.Kind == resource.Kind && type.ApiVersion != resource.GroupVersion)
        {
            throw ApiErrors.BadRequest($"the API version in the data ({type.ApiVersion}) does not match the expected API version ({resource.GroupVersion})");
        }

        if (type.Kind == resource.Kind)
        {
            return type;
        }

        string version = Version(type);
        throw CannotHandle(type, resource.Kind, registry.FindKind(type.ApiVersion, type.Kind) is null && (!type.Kind.EndsWith("List", StringComparison.Ordinal) || registry.FindKind(type.ApiVersion, type.Kind[..^4]) is null)
                ? $"no kind \"{type.Kind}\" is registered for version \"{type.ApiVersion}\" in scheme \"k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30\""
                : $"converting ({version}.{type.Kind}) to ({(resource.Group.Length == 0 ? "core" : resource.Group)}.{resource.Kind}): unknown conversion");
    }

    private static void Tell(KubernetesTypeMeta type, FieldFindings findings, FieldValidation validation, Action<string> warn)
    {
        if (findings.All.Count > 0 && validation == FieldValidation.Strict)
        {
            throw CannotHandle(type, type.Kind, $"strict decoding error: {string.Join(", ", findings.All)}");
        }

        if (validation == FieldValidation.Warn)
        {
            foreach (string finding in findings.All)
            {
                warn(finding);
            }
        }
    }

    private static ApiStatusException CannotHandle(KubernetesTypeMeta type, string wanted, string why) =>
        ApiErrors.BadRequest($"{type.Kind} in version \"{Version(type)}\" cannot be handled as a {wanted}: {why}");

    private static string Version(KubernetesTypeMeta type) => type.ApiVersion[(type.ApiVersion.IndexOf('/') + 1)..];

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "bool",
        _ => "null",
    };

    private static string Quoted(byte[] bytes) => bytes.Length == 0 ? "<empty>"
        : bytes.Length <= QuotedBytes ? Hexadecimal(bytes) : Encoding.UTF8.GetString(bytes, 0, QuotedBytes) + " ...";

    private static string Hexadecimal(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
