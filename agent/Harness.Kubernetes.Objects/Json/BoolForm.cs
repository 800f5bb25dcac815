using System.Text.Json;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>Booleans.</summary>
internal sealed class BoolForm : ValueForm
{
    private static readonly object s_true = true;
    private static readonly object s_false = false;

    public override string GoType => "bool";

    public override void Write(JsonOutput output, object value) => output.Writer.WriteBooleanValue((bool)value);

    public override object Read(ref JsonInput input) => input.Reader.TokenType switch
    {
        JsonTokenType.True => s_true,
        JsonTokenType.False => s_false,
        _ => throw input.Mismatch(GoType),
    };

    public override object Zero() => s_false;

    public override bool IsZero(object value) => !(bool)value;
}
