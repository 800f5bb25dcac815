using System.Text.Json;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>32-bit integers.</summary>
internal sealed class Int32Form : ValueForm
{
    public override string GoType => "int32";

    public override void Write(JsonOutput output, object value) => output.Writer.WriteNumberValue((int)value);

    public override object Read(ref JsonInput input) =>
        input.Reader.TokenType == JsonTokenType.Number && input.Reader.TryGetInt32(out var value) ? value : throw input.Mismatch(GoType);

    public override object Zero() => 0;

    public override bool IsZero(object value) => (int)value == 0;
}
