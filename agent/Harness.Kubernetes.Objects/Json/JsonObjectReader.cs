using System.Collections;
using System.Text.Json;
using Google.Protobuf;
using Harness.Kubernetes.Objects.Plans;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>
/// Reads a JSON object into a message. Unknown and duplicate fields are reported and passed over (the last duplicate counts), a value
/// of another type is an error. Names are case-sensitive. Re-entrant; all state is in the input.
/// </summary>
internal static class JsonObjectReader
{
    public static void Read(ref JsonInput input, MessagePlan plan, IMessage message)
    {
        if (input.Reader.TokenType != JsonTokenType.StartObject)
        {
            throw input.Mismatch(ValueForms.Of(plan.Descriptor).GoType);
        }

        Span<bool> seen = stackalloc bool[plan.Entries.Length];
        var outer = input.Owner;
        var next = 0;
        while (input.Reader.Read() && input.Reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = FindField(ref input, plan, next);
            if (index < 0)
            {
                PassUnknown(ref input, plan);
                continue;
            }

            next = index + 1;
            input.Owner = plan.Descriptor.Name;
            input.Push(plan.Entries[index].Field.Name);
            input.Reader.Read();
            ReadField(ref input, plan.Entries[index], message, isDuplicate: seen[index]);
            seen[index] = true;
            input.Pop();
        }

        input.Owner = outer;
    }

    private static int FindField(ref JsonInput input, MessagePlan plan, int hint)
    {
        if (!input.Reader.ValueIsEscaped)
        {
            return plan.IndexOf(input.Reader.ValueSpan, hint);
        }

        var name = input.Reader.GetString();
        return Array.FindIndex(plan.Entries, entry => entry.Field.Name == name);
    }

    private static void PassUnknown(ref JsonInput input, MessagePlan plan)
    {
        var isType = plan.Kind is not null && (input.Reader.ValueTextEquals("kind"u8) || input.Reader.ValueTextEquals("apiVersion"u8));
        if (!isType)
        {
            input.ReportUnknown(input.Reader.GetString()!);
        }

        input.Reader.Read();
        input.Reader.Skip();
    }

    private static void ReadField(ref JsonInput input, FieldEntry entry, IMessage message, bool isDuplicate)
    {
        var owner = message;
        foreach (var parent in entry.Parents)
        {
            owner = parent.GetOrAdd(owner);
        }

        var field = entry.Field;
        if (isDuplicate)
        {
            input.ReportDuplicate();
            field.Accessor.Clear(owner);
        }

        if (input.Reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        switch (field.Shape)
        {
            case FieldShape.List:
                ReadList(ref input, field, (IList)field.Accessor.GetValue(owner));
                break;
            case FieldShape.Map:
                ReadMap(ref input, field, (IDictionary)field.Accessor.GetValue(owner));
                break;
            default:
                field.Accessor.SetValue(owner, field.Value.Read(ref input));
                break;
        }
    }

    private static void ReadList(ref JsonInput input, FieldPlan field, IList values)
    {
        if (input.Reader.TokenType != JsonTokenType.StartArray)
        {
            throw input.Mismatch(field.GoType);
        }

        while (input.Reader.Read() && input.Reader.TokenType != JsonTokenType.EndArray)
        {
            input.Push(values.Count);
            values.Add(ReadElement(ref input, field));
            input.Pop();
        }
    }

    private static void ReadMap(ref JsonInput input, FieldPlan field, IDictionary values)
    {
        if (input.Reader.TokenType != JsonTokenType.StartObject)
        {
            throw input.Mismatch(field.GoType);
        }

        while (input.Reader.Read() && input.Reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = input.Reader.GetString()!;
            input.Push(key);
            if (values.Contains(key))
            {
                input.ReportDuplicate();
            }

            input.Reader.Read();
            values[key] = ReadElement(ref input, field);
            input.Pop();
        }
    }

    private static object ReadElement(ref JsonInput input, FieldPlan field) =>
        input.Reader.TokenType == JsonTokenType.Null ? field.Value.Zero() : field.Value.Read(ref input);
}
