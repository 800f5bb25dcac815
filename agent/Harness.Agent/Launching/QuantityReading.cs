using System.Globalization;
using Harness.Kubernetes.Objects.Resource;

namespace Harness.Agent.Launching;

/// <summary>Reads Kubernetes quantities such as 500m, 1.5Gi or 2e3. Pure.</summary>
internal static class QuantityReading
{
    private static readonly (string Suffix, decimal Factor)[] Suffixes =
    [
        ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("Ti", 1L << 40), ("Pi", 1L << 50), ("Ei", 1L << 60),
        ("n", 0.000_000_001m), ("u", 0.000_001m), ("m", 0.001m),
        ("k", 1e3m), ("M", 1e6m), ("G", 1e9m), ("T", 1e12m), ("P", 1e15m), ("E", 1e18m),
    ];

    /// <summary>Null: not a quantity that fits into 63 bits times the scale.</summary>
    public static long? Read(Quantity quantity, long scale = 1)
    {
        var text = quantity.String;
        (string Suffix, decimal Factor) none = ("", 1);
        var (suffix, factor) = Suffixes.FirstOrDefault(candidate => text.EndsWith(candidate.Suffix, StringComparison.Ordinal), none);
        if (!decimal.TryParse(text[..^suffix.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        try
        {
            return (long)decimal.Ceiling(number * factor * scale);
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
