using System.Text.Json;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>Strings.</summary>
internal sealed class StringForm : ValueForm
{
    public override string GoType => "string";

    public override void Write(JsonOutput output, object value) => output.Writer.WriteStringValue((string)value);

    public override object Read(ref JsonInput input) =>
        input.Reader.TokenType == JsonTokenType.String ? input.Reader.GetString()! : throw input.Mismatch(GoType);

    public override object Zero() => "";

    public override bool IsZero(object value) => ((string)value).Length == 0;
}
