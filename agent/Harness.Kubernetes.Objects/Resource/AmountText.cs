using System.Globalization;
using System.Numerics;

namespace Harness.Kubernetes.Objects.Resource;

/// <summary>
/// An amount as text: sign, digits, suffix; and how Kubernetes' API server reads and writes it. More than nano precision is rounded away
/// from zero, binary amounts are capped at 2^63-1, and a text whose digits are already the canonical ones is kept as it is. Pure.
/// </summary>
internal static class AmountText
{
    public const string BadFormat = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    public const string BadSuffix = "unable to parse quantity's suffix";

    private const int NanoDigits = 9;
    private const int GreatestDecimalExponent = 18;
    private const int GreatestBinaryPower = 6;

    private static readonly BigInteger s_nanosPerUnit = BigInteger.Pow(10, NanoDigits);
    private static readonly BigInteger s_greatestBinary = long.MaxValue * s_nanosPerUnit;

    /// <summary>Reads a text.</summary>
    /// <returns>Null when all is well, else what is wrong in the API server's words.</returns>
    public static string? TryParse(string text, out ResourceAmount amount, out string canonical)
    {
        amount = default;
        canonical = "";
        text = text.Trim();
        if (Split(text) is not { } parts)
        {
            return BadFormat;
        }

        if (AmountSuffix.Parse(parts.Suffix) is not { } suffix)
        {
            return BadSuffix;
        }

        amount = Value(parts, suffix);
        canonical = KeepsText(parts, suffix, amount) ? text : Format(amount);
        return null;
    }

    public static string Format(ResourceAmount amount)
    {
        var (digits, suffix) = Canonical(amount);
        return digits.ToString(CultureInfo.InvariantCulture) + suffix;
    }

    private static (BigInteger Digits, string Suffix) Canonical(ResourceAmount amount)
    {
        if (amount.Nanos.IsZero)
        {
            return (BigInteger.Zero, "");
        }

        var isBinary = amount.Format == AmountFormat.BinarySi
            && BigInteger.Abs(amount.Nanos) >= 1024 * s_nanosPerUnit
            && (amount.Nanos % s_nanosPerUnit).IsZero;
        return isBinary
            ? CanonicalBinary(amount.Nanos / s_nanosPerUnit)
            : CanonicalDecimal(amount.Nanos, amount.Format == AmountFormat.BinarySi ? AmountFormat.DecimalSi : amount.Format);
    }

    private static (BigInteger Digits, string Suffix) CanonicalBinary(BigInteger units)
    {
        var power = 0;
        while (power < GreatestBinaryPower && (units % 1024).IsZero)
        {
            units /= 1024;
            power++;
        }

        return (units, AmountSuffix.Binary(power));
    }

    private static (BigInteger Digits, string Suffix) CanonicalDecimal(BigInteger nanos, AmountFormat format)
    {
        var exponent = -NanoDigits;
        while ((format == AmountFormat.DecimalExponent || exponent < GreatestDecimalExponent) && (nanos % 1000).IsZero)
        {
            nanos /= 1000;
            exponent += 3;
        }

        return (nanos, AmountSuffix.Decimal(exponent, format));
    }

    private static ResourceAmount Value(Parts parts, AmountSuffix suffix)
    {
        var unscaled = BigInteger.Parse($"0{parts.Whole}{parts.Fraction}", CultureInfo.InvariantCulture);
        if (suffix.Base == 2)
        {
            unscaled <<= suffix.Exponent;
        }

        var decimals = parts.Fraction.Length - (suffix.Base == 10 ? suffix.Exponent : 0);
        var nanos = decimals <= NanoDigits
            ? unscaled * BigInteger.Pow(10, NanoDigits - decimals)
            : DivideUp(unscaled, BigInteger.Pow(10, decimals - NanoDigits));
        var format = suffix.Format;
        if (format == AmountFormat.BinarySi)
        {
            nanos = BigInteger.Min(nanos, s_greatestBinary);
            format = nanos < s_nanosPerUnit && !nanos.IsZero ? AmountFormat.DecimalSi : format;
        }

        return new ResourceAmount(parts.IsNegative ? -nanos : nanos, format);
    }

    /// <summary>A text is kept when it has no fraction and its digits and suffix are those of the canonical form.</summary>
    private static bool KeepsText(Parts parts, AmountSuffix suffix, ResourceAmount amount)
    {
        if (parts.Fraction.Length > 0 || amount.Nanos.IsZero || suffix.Format != amount.Format)
        {
            return false;
        }

        var (digits, canonicalSuffix) = Canonical(amount);
        return BigInteger.Abs(digits) == BigInteger.Parse($"0{parts.Whole}", CultureInfo.InvariantCulture)
            && (AmountSuffix.Parse(canonicalSuffix)?.Exponent ?? 0) == suffix.Exponent;
    }

    private static Parts? Split(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var start = text[0] is '+' or '-' ? 1 : 0;
        var wholeEnd = SkipDigits(text, start);
        var fractionStart = wholeEnd < text.Length && text[wholeEnd] == '.' ? wholeEnd + 1 : wholeEnd;
        var fractionEnd = fractionStart > wholeEnd ? SkipDigits(text, fractionStart) : wholeEnd;
        var lettersEnd = fractionEnd;
        while (lettersEnd < text.Length && "eEinumkKMGTP".Contains(text[lettersEnd], StringComparison.Ordinal))
        {
            lettersEnd++;
        }

        var signEnd = lettersEnd < text.Length && text[lettersEnd] is ('+' or '-') ? lettersEnd + 1 : lettersEnd;
        return SkipDigits(text, signEnd) < text.Length
            ? null
            : new Parts(text[0] == '-', text[start..wholeEnd], text[fractionStart..fractionEnd], text[fractionEnd..]);
    }

    private static int SkipDigits(string text, int index)
    {
        while (index < text.Length && char.IsAsciiDigit(text[index]))
        {
            index++;
        }

        return index;
    }

    private static BigInteger DivideUp(BigInteger value, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(value, divisor, out var remainder);
        return remainder.IsZero ? quotient : quotient + 1;
    }

    private readonly record struct Parts(bool IsNegative, string Whole, string Fraction, string Suffix);
}
