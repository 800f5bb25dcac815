using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>Messages that carry a JSON value as bytes (RawExtension, FieldsV1) and stand for it.</summary>
internal sealed class RawForm(MessageDescriptor message) : ValueForm
{
    private readonly IFieldAccessor _raw = message.FindFieldByNumber(1).Accessor;

    public override string GoType => $"{message.File.Package.Split('.')[^1]}.{message.Name}";

    public override object Zero() => message.Parser.ParseFrom(ReadOnlySpan<byte>.Empty);

    public override bool IsZero(object value) => Raw(value).IsEmpty;

    public override void Write(JsonOutput output, object value)
    {
        if (IsZero(value))
        {
            output.Writer.WriteNullValue();
            return;
        }

        output.Writer.WriteRawValue(GoJsonCompaction.Compact(Raw(value).Span));
    }

    public override object Read(ref JsonInput input)
    {
        var value = (IMessage)Zero();
        _raw.SetValue(value, ByteString.CopyFrom(GoJsonCompaction.Compact(input.TakeRaw())));
        return value;
    }

    private ByteString Raw(object value) => (ByteString)_raw.GetValue((IMessage)value);
}
