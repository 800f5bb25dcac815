using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>Messages that wrap a list of strings and are an array in JSON (ExtraValue, Verbs).</summary>
internal sealed class StringListForm(MessageDescriptor message) : ValueForm
{
    private readonly IFieldAccessor _items = message.FindFieldByName("items").Accessor;

    public override string GoType => $"{message.File.Package.Split('.')[^1]}.{message.Name}";

    public override object Zero() => message.Parser.ParseFrom(ReadOnlySpan<byte>.Empty);

    public override bool IsZero(object value) => Items(value).Count == 0;

    public override void Write(JsonOutput output, object value)
    {
        output.Writer.WriteStartArray();
        foreach (var item in Items(value))
        {
            output.Writer.WriteStringValue(item);
        }

        output.Writer.WriteEndArray();
    }

    public override object Read(ref JsonInput input)
    {
        if (input.Reader.TokenType != JsonTokenType.StartArray)
        {
            throw input.Mismatch(GoType);
        }

        var value = Zero();
        while (input.Reader.Read() && input.Reader.TokenType != JsonTokenType.EndArray)
        {
            Items(value).Add(input.Reader.TokenType switch
            {
                JsonTokenType.String => input.Reader.GetString()!,
                JsonTokenType.Null => "",
                _ => throw input.Mismatch("string"),
            });
        }

        return value;
    }

    private RepeatedField<string> Items(object value) => (RepeatedField<string>)_items.GetValue((IMessage)value);
}
