using System.Globalization;
using Harness.Kubernetes.Objects.Resource;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>
/// The value of a quantity as a number, for comparing. A server's own reading, not the clients': both ends must not go wrong together.
/// Amounts beyond what a decimal holds are the largest decimal.
/// </summary>
internal static class Quantities
{
    private static readonly string[] _binary = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    private static readonly (string Suffix, int Exponent)[] _decimal =
        [("n", -9), ("u", -6), ("m", -3), ("k", 3), ("M", 6), ("G", 9), ("T", 12), ("P", 15), ("E", 18)];

    public static decimal Value(Quantity quantity) => Value(quantity.String);

    public static decimal Value(string text)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        int binary = Array.FindIndex(_binary, suffix => text.EndsWith(suffix, StringComparison.Ordinal));
        if (binary >= 0)
        {
            return Scaled(text[..^2], 1024, binary + 1);
        }

        foreach ((string suffix, int exponent) in _decimal)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
            {
                return exponent > 0 ? Scaled(text[..^1], 10, exponent) : Number(text[..^1]) / Scaled("1", 10, -exponent);
            }
        }

        return Number(text);
    }

    private static decimal Scaled(string number, decimal factor, int times)
    {
        decimal value = Number(number);
        for (int i = 0; i < times && Math.Abs(value) < decimal.MaxValue / factor; i++)
        {
            value *= factor;
        }

        return value;
    }

    private static decimal Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) ? value : 0;
}
