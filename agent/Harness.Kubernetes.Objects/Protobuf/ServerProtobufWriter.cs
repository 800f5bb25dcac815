using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Plans;
using Harness.Kubernetes.Objects.Resource;

namespace Harness.Kubernetes.Objects.Protobuf;

/// <summary>
/// Writes messages as Kubernetes' own (Go) encoders do: what is no pointer is there even when empty, and maps are sorted. Fields that
/// the .proto files do not know come last. Pure, re-entrant.
/// </summary>
internal static class ServerProtobufWriter
{
    private const int Varint = 0;
    private const int LengthDelimited = 2;
    private const int MapKey = 1;
    private const int MapValue = 2;

    public static void Prepend(ReverseBuffer buffer, IMessage message)
    {
        switch (message)
        {
            case Time { IsZero: true } or MicroTime { IsZero: true }:
                return;
            case Quantity { String.Length: 0 }:
                PrependText(buffer, 1, "0");
                return;
            default:
                PrependFields(buffer, MessagePlan.Of(message.Descriptor), message);
                return;
        }
    }

    public static void PrependText(ReverseBuffer buffer, int number, string text)
    {
        var before = buffer.Length;
        buffer.PrependUtf8(text);
        PrependLengthAndTag(buffer, number, before);
    }

    public static void PrependBytes(ReverseBuffer buffer, int number, ReadOnlySpan<byte> bytes)
    {
        var before = buffer.Length;
        buffer.Prepend(bytes);
        PrependLengthAndTag(buffer, number, before);
    }

    public static void PrependLengthAndTag(ReverseBuffer buffer, int number, int lengthBefore)
    {
        buffer.PrependVarint((ulong)(buffer.Length - lengthBefore));
        PrependTag(buffer, number, LengthDelimited);
    }

    private static void PrependFields(ReverseBuffer buffer, MessagePlan plan, IMessage message)
    {
        PrependUnknown(buffer, plan.Unknown(message));
        foreach (var field in plan.ByNumberDescending)
        {
            switch (field.Shape)
            {
                case FieldShape.List:
                    PrependList(buffer, field, (IList)field.Accessor.GetValue(message));
                    break;
                case FieldShape.Map:
                    PrependMap(buffer, field, (IDictionary)field.Accessor.GetValue(message));
                    break;
                default:
                    PrependSingle(buffer, field, message);
                    break;
            }
        }
    }

    private static void PrependUnknown(ReverseBuffer buffer, UnknownFieldSet? unknown)
    {
        if (unknown is null)
        {
            return;
        }

        var bytes = new byte[unknown.CalculateSize()];
        using var output = new CodedOutputStream(bytes);
        unknown.WriteTo(output);
        output.Flush();
        buffer.Prepend(bytes);
    }

    private static void PrependSingle(ReverseBuffer buffer, FieldPlan field, IMessage message)
    {
        if (field.Accessor.HasValue(message))
        {
            PrependValue(buffer, field.Field.FieldNumber, field.ValueField, field.Accessor.GetValue(message));
        }
        else if (!field.IsPointer && field.ValueField.FieldType != FieldType.Bytes)
        {
            PrependValue(buffer, field.Field.FieldNumber, field.ValueField, field.Empty);
        }
    }

    private static void PrependList(ReverseBuffer buffer, FieldPlan field, IList values)
    {
        for (var i = values.Count - 1; i >= 0; i--)
        {
            PrependValue(buffer, field.Field.FieldNumber, field.ValueField, values[i]!);
        }
    }

    private static void PrependMap(ReverseBuffer buffer, FieldPlan field, IDictionary values)
    {
        if (values.Count == 0)
        {
            return;
        }

        var keys = JsonFieldWriter.SortedKeys(values);
        for (var i = keys.Length - 1; i >= 0; i--)
        {
            var before = buffer.Length;
            PrependValue(buffer, MapValue, field.ValueField, values[keys[i]]!);
            PrependText(buffer, MapKey, keys[i]);
            PrependLengthAndTag(buffer, field.Field.FieldNumber, before);
        }
    }

    private static void PrependValue(ReverseBuffer buffer, int number, FieldDescriptor type, object value)
    {
        switch (type.FieldType)
        {
            case FieldType.String:
                PrependText(buffer, number, (string)value);
                return;
            case FieldType.Bytes:
                PrependBytes(buffer, number, ((ByteString)value).Span);
                return;
            case FieldType.Message:
                var before = buffer.Length;
                Prepend(buffer, (IMessage)value);
                PrependLengthAndTag(buffer, number, before);
                return;
            default:
                buffer.PrependVarint(AsVarint(value));
                PrependTag(buffer, number, Varint);
                return;
        }
    }

    private static ulong AsVarint(object value) => value switch
    {
        bool flag => flag ? 1ul : 0ul,
        int number => (ulong)number,
        long number => (ulong)number,
        _ => throw new NotSupportedException($"A value of type {value.GetType()} is in no Kubernetes object."),
    };

    private static void PrependTag(ReverseBuffer buffer, int number, int wireType) =>
        buffer.PrependVarint(((ulong)number << 3) | (uint)wireType);
}
