using System.Collections.Concurrent;
using Google.Protobuf.Reflection;
using Harness.Kubernetes.Objects.Plans;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>Which JSON form a field's values have: that of their protobuf type, or the special one of a Kubernetes type.</summary>
internal static class ValueForms
{
    private static readonly StringForm s_string = new();
    private static readonly BoolForm s_bool = new();
    private static readonly Int32Form s_int32 = new();
    private static readonly Int64Form s_int64 = new();
    private static readonly BytesForm s_bytes = new();
    private static readonly ConcurrentDictionary<MessageDescriptor, ValueForm> s_messages = new();

    public static ValueForm Of(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => s_string,
        FieldType.Bool => s_bool,
        FieldType.Int32 => s_int32,
        FieldType.Int64 => s_int64,
        FieldType.Bytes => s_bytes,
        FieldType.Message => Of(field.MessageType),
        _ => throw new NotSupportedException($"Field {field.FullName} has type {field.FieldType}, which no Kubernetes object has."),
    };

    public static ValueForm Of(MessageDescriptor message) => s_messages.GetOrAdd(message, Make);

    /// <summary>The form of objects that carry kind and apiVersion although they stand inside another one.</summary>
    public static ValueForm Typed(MessageDescriptor message) => new MessageForm(MessagePlan.Of(message), KubernetesKinds.Find(message));

    private static ValueForm Make(MessageDescriptor message) => message.Name switch
    {
        "Quantity" or "QuantityValue" => new QuantityForm(message),
        "Time" => new TimeForm(message, TimeLayout.Seconds),
        "MicroTime" => new TimeForm(message, TimeLayout.Microseconds),
        "IntOrString" => new IntOrStringForm(),
        "FieldsV1" or "RawExtension" => new RawForm(message),
        "ExtraValue" or "Verbs" => new StringListForm(message),
        _ => new MessageForm(MessagePlan.Of(message)),
    };
}
