using Google.Protobuf;
using Google.Protobuf.Reflection;
using Harness.Simulator.Kubernetes.Documents;
using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>
/// Reads and replaces whole top-level fields (<c>spec</c>, <c>status</c>) of objects whose kind is known only at run time.
/// </summary>
internal static class ObjectFields
{
    public static bool Has(ApiObject value, string field) => value switch
    {
        MessageObject message => message.Message.Descriptor.FindFieldByName(field) is not null,
        JsonDocumentObject => true,
        _ => false,
    };

    public static bool AreEqual(ApiObject left, ApiObject right, string field) => (left, right) switch
    {
        (MessageObject one, MessageObject other) => Equals(Value(one.Message, field), Value(other.Message, field)),
        (JsonDocumentObject one, JsonDocumentObject other) => JsonNode.DeepEquals(one.Body[field], other.Body[field]),
        _ => false,
    };

    public static void Clear(ApiObject value, string field)
    {
        switch (value)
        {
            case MessageObject message:
                message.Message.Descriptor.FindFieldByName(field)?.Accessor.Clear(message.Message);
                break;
            case JsonDocumentObject document:
                document.Body.Remove(field);
                break;
        }
    }

    /// <summary>Gives <paramref name="to"/> the field of <paramref name="from"/>, which keeps a copy of its own.</summary>
    public static void Copy(ApiObject from, ApiObject to, string field)
    {
        switch (from, to)
        {
            case (MessageObject source, MessageObject target):
                Copy(source.Message, target.Message, source.Message.Descriptor.FindFieldByName(field));
                break;
            case (JsonDocumentObject source, JsonDocumentObject target):
                target.Body.Remove(field);
                if (source.Body[field] is { } node)
                {
                    target.Body[field] = node.DeepClone();
                }

                break;
        }
    }

    private static object? Value(IMessage message, string field) => message.Descriptor.FindFieldByName(field)?.Accessor.GetValue(message);

    private static void Copy(IMessage source, IMessage target, FieldDescriptor? field)
    {
        if (field is null)
        {
            return;
        }

        field.Accessor.Clear(target);
        if (field.Accessor.GetValue(source) is IMessage value)
        {
            field.Accessor.SetValue(target, value.CloneMessage());
        }
    }
}
