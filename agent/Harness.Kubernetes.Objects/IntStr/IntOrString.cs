using System.Globalization;

namespace Harness.Kubernetes.Objects.IntStr;

/// <summary>A number or a string: a port by number or name, a count or a percentage.</summary>
public sealed partial class IntOrString
{
    private const long StringType = 1;

    /// <summary>Whether it is a string.</summary>
    public bool IsString => Type == StringType;

    /// <summary>A number.</summary>
    public static IntOrString Of(int value) => new() { Type = 0, IntVal = value, StrVal = "" };

    /// <summary>A string.</summary>
    public static IntOrString Of(string value) => new() { Type = StringType, IntVal = 0, StrVal = value };

    /// <summary>Number or string as text.</summary>
    public string ToText() => IsString ? StrVal : IntVal.ToString(CultureInfo.InvariantCulture);
}
