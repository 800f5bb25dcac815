using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Harness.Kubernetes.Objects.Resource;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>Amounts: a string or a number in, the canonical text out.</summary>
internal sealed class QuantityForm(MessageDescriptor message) : ValueForm
{
    private readonly IFieldAccessor _text = message.FindFieldByName("string").Accessor;

    public override string GoType => "resource.Quantity";

    public override object Zero() => Make("0");

    public override bool IsZero(object value) => false;

    public override void Write(JsonOutput output, object value)
    {
        var text = (string)_text.GetValue((IMessage)value);
        output.Writer.WriteStringValue(text.Length == 0 ? "0" : text);
    }

    public override object Read(ref JsonInput input)
    {
        var text = input.Reader.TokenType == JsonTokenType.String ? input.Reader.GetString()! : Encoding.UTF8.GetString(input.TakeRaw());
        return AmountText.TryParse(text, out _, out var canonical) is { } wrong ? throw input.Invalid(wrong) : Make(canonical);
    }

    private IMessage Make(string text)
    {
        var quantity = message.Parser.ParseFrom(ReadOnlySpan<byte>.Empty);
        _text.SetValue(quantity, text);
        return quantity;
    }
}
