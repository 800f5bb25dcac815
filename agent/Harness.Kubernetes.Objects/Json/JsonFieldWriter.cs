using System.Collections;
using Google.Protobuf;
using Harness.Kubernetes.Objects.Plans;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>
/// Writes the fields of a message into the JSON object that is open, and decides which empty ones are written: pointers when set,
/// messages that are no pointers always, scalars when not empty, and what the API writes always. Pure, re-entrant.
/// </summary>
internal static class JsonFieldWriter
{
    public static void WriteFields(JsonOutput output, MessagePlan plan, IMessage message)
    {
        foreach (var field in plan.Fields)
        {
            switch (field.Shape)
            {
                case FieldShape.List:
                    WriteList(output, field, (IList)field.Accessor.GetValue(message));
                    break;
                case FieldShape.Map:
                    WriteMap(output, field, (IDictionary)field.Accessor.GetValue(message));
                    break;
                case FieldShape.Inline:
                    WriteInline(output, field, message);
                    break;
                default:
                    WriteSingle(output, field, message);
                    break;
            }
        }
    }

    private static void WriteInline(JsonOutput output, FieldPlan field, IMessage message)
    {
        var inner = field.Accessor.HasValue(message) ? field.Accessor.GetValue(message) : field.Empty;
        WriteFields(output, MessagePlan.Of(field.Field.MessageType), (IMessage)inner);
    }

    private static void WriteSingle(JsonOutput output, FieldPlan field, IMessage message)
    {
        if (field.Accessor.HasValue(message))
        {
            WriteSet(output, field, field.Accessor.GetValue(message));
        }
        else if (!output.OnlySet)
        {
            WriteUnset(output, field);
        }
    }

    private static void WriteSet(JsonOutput output, FieldPlan field, object value)
    {
        if (output.OnlySet || field.IsPointer || field.IsAlways || IsAlwaysWritten(field) || !field.Value.IsZero(value))
        {
            output.Writer.WritePropertyName(field.EncodedName);
            field.Value.Write(output, value);
        }
    }

    private static void WriteUnset(JsonOutput output, FieldPlan field)
    {
        if (field.IsPointer || field.ValueField.FieldType == Google.Protobuf.Reflection.FieldType.Bytes)
        {
            if (field.IsAlways)
            {
                output.Writer.WriteNull(field.EncodedName);
            }
        }
        else if (field.IsAlways || IsAlwaysWritten(field))
        {
            output.Writer.WritePropertyName(field.EncodedName);
            field.Value.Write(output, field.Empty);
        }
    }

    private static bool IsAlwaysWritten(FieldPlan field) => field.IsMessage && !field.IsPointer && !field.IsOmittedWhenZero;

    private static void WriteList(JsonOutput output, FieldPlan field, IList values)
    {
        if (values.Count == 0)
        {
            WriteEmpty(output, field);
            return;
        }

        output.Writer.WriteStartArray(field.EncodedName);
        foreach (var value in values)
        {
            field.Value.Write(output, value!);
        }

        output.Writer.WriteEndArray();
    }

    private static void WriteMap(JsonOutput output, FieldPlan field, IDictionary values)
    {
        if (values.Count == 0)
        {
            WriteEmpty(output, field);
            return;
        }

        output.Writer.WriteStartObject(field.EncodedName);
        foreach (var key in SortedKeys(values))
        {
            output.Writer.WritePropertyName(key);
            field.Value.Write(output, values[key]!);
        }

        output.Writer.WriteEndObject();
    }

    internal static string[] SortedKeys(IDictionary values)
    {
        var keys = new string[values.Count];
        values.Keys.CopyTo(keys, 0);
        Array.Sort(keys, StringComparer.Ordinal);
        return keys;
    }

    private static void WriteEmpty(JsonOutput output, FieldPlan field)
    {
        if (output.OnlySet || !field.IsAlways)
        {
            return;
        }

        if (field.IsItems)
        {
            output.Writer.WriteStartArray(field.EncodedName);
            output.Writer.WriteEndArray();
            return;
        }

        output.Writer.WriteNull(field.EncodedName);
    }
}
