using System.Text.Json;
using Harness.Kubernetes.Objects.IntStr;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>A number or a string, as JSON has it.</summary>
internal sealed class IntOrStringForm : ValueForm
{
    public override string GoType => "int32";

    public override object Zero() => new IntOrString();

    public override bool IsZero(object value) => false;

    public override void Write(JsonOutput output, object value)
    {
        var either = (IntOrString)value;
        if (either.IsString)
        {
            output.Writer.WriteStringValue(either.StrVal);
            return;
        }

        output.Writer.WriteNumberValue(either.IntVal);
    }

    public override object Read(ref JsonInput input) => input.Reader.TokenType switch
    {
        JsonTokenType.String => IntOrString.Of(input.Reader.GetString()!),
        JsonTokenType.Number when input.Reader.TryGetInt32(out var number) => IntOrString.Of(number),
        _ => throw input.Mismatch(GoType),
    };
}
