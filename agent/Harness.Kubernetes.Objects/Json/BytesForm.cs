using System.Text.Json;
using Google.Protobuf;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>Bytes, in base64.</summary>
internal sealed class BytesForm : ValueForm
{
    public override string GoType => "[]uint8";

    public override void Write(JsonOutput output, object value) => output.Writer.WriteBase64StringValue(((ByteString)value).Span);

    public override object Read(ref JsonInput input)
    {
        if (input.Reader.TokenType != JsonTokenType.String)
        {
            throw input.Mismatch(GoType);
        }

        return input.Reader.TryGetBytesFromBase64(out var bytes)
            ? UnsafeByteOperations.UnsafeWrap(bytes)
            : throw input.Invalid("illegal base64 data");
    }

    public override object Zero() => ByteString.Empty;

    public override bool IsZero(object value) => ((ByteString)value).IsEmpty;
}
