using System.Globalization;

namespace Harness.Kubernetes.Objects.Resource;

/// <summary>The suffix of an amount: a power of ten or of two, and the format that it means. Pure.</summary>
internal readonly record struct AmountSuffix(int Base, int Exponent, AmountFormat Format)
{
    // Beyond this the number has no meaning, only a cost.
    private const int GreatestExponent = 1000;

    private static readonly string[] s_decimal = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
    private static readonly string[] s_binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    public static AmountSuffix? Parse(string suffix)
    {
        if (Array.IndexOf(s_decimal, suffix) is >= 0 and var thousands)
        {
            return new AmountSuffix(10, (thousands - 3) * 3, AmountFormat.DecimalSi);
        }

        if (Array.IndexOf(s_binary, suffix) is > 0 and var kibis)
        {
            return new AmountSuffix(2, kibis * 10, AmountFormat.BinarySi);
        }

        return suffix is ['e' or 'E', _, ..]
            && int.TryParse(suffix[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            && Math.Abs(exponent) <= GreatestExponent
            ? new AmountSuffix(10, exponent, AmountFormat.DecimalExponent)
            : null;
    }

    /// <summary>The suffix for ten to the power of a multiple of three, from -9 to 18 in the decimal format.</summary>
    public static string Decimal(int exponent, AmountFormat format) => format == AmountFormat.DecimalExponent
        ? exponent == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"e{exponent}")
        : s_decimal[(exponent / 3) + 3];

    /// <summary>The suffix for 1024 to a power from 0 to 6.</summary>
    public static string Binary(int power) => s_binary[power];
}
