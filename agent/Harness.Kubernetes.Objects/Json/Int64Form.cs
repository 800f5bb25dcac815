using System.Text.Json;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>64-bit integers, which Kubernetes writes as numbers (protobuf's own JSON writes strings).</summary>
internal sealed class Int64Form : ValueForm
{
    public override string GoType => "int64";

    public override void Write(JsonOutput output, object value) => output.Writer.WriteNumberValue((long)value);

    public override object Read(ref JsonInput input) =>
        input.Reader.TokenType == JsonTokenType.Number && input.Reader.TryGetInt64(out var value) ? value : throw input.Mismatch(GoType);

    public override object Zero() => 0L;

    public override bool IsZero(object value) => (long)value == 0;
}
