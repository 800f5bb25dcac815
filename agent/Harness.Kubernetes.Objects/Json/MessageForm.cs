using Google.Protobuf;
using Harness.Kubernetes.Objects.Plans;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>Messages as JSON objects.</summary>
/// <param name="plan">The message type.</param>
/// <param name="innerKind">Written as kind and apiVersion where the message stands inside another one; mostly null.</param>
internal sealed class MessageForm(MessagePlan plan, KubernetesKind? innerKind = null) : ValueForm
{
    public override string GoType => $"{plan.Descriptor.File.Package.Split('.')[^1]}.{plan.Descriptor.Name}";

    public override object Zero() => plan.Descriptor.Parser.ParseFrom(ReadOnlySpan<byte>.Empty);

    public override bool IsZero(object value) => Array.TrueForAll(plan.Fields, field => !field.IsSet((IMessage)value));

    public override void Write(JsonOutput output, object value) => Write(output, (IMessage)value, innerKind);

    public override object Read(ref JsonInput input)
    {
        var message = (IMessage)Zero();
        JsonObjectReader.Read(ref input, plan, message);
        return message;
    }

    public void Write(JsonOutput output, IMessage message, KubernetesKind? kind)
    {
        output.Writer.WriteStartObject();
        if (kind is not null)
        {
            output.Writer.WriteString("kind"u8, kind.Kind);
            WriteApiVersion(output, kind.ApiVersion);
        }

        JsonFieldWriter.WriteFields(output, plan, message);
        output.Writer.WriteEndObject();
    }

    // The lists of discovery in the core group have none.
    private static void WriteApiVersion(JsonOutput output, string apiVersion)
    {
        if (apiVersion.Length > 0)
        {
            output.Writer.WriteString("apiVersion"u8, apiVersion);
        }
    }
}
