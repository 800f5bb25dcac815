using System.Numerics;

namespace Harness.Kubernetes.Objects.Resource;

/// <summary>
/// An amount of a resource (CPU, memory, a count): the value of a <see cref="Quantity"/>. Exact, in whole billionths of a unit, of any
/// size. Equality and order go by the value alone, the format only decides how it is written. A value, safe from any thread.
/// </summary>
public readonly struct ResourceAmount : IEquatable<ResourceAmount>, IComparable<ResourceAmount>
{
    private const long NanosPerUnit = 1_000_000_000;
    private const long NanosPerMilli = 1_000_000;

    /// <param name="nanos">Billionths of a unit.</param>
    /// <param name="format">How it is written.</param>
    public ResourceAmount(BigInteger nanos, AmountFormat format)
    {
        Nanos = nanos;
        Format = format;
    }

    /// <summary>Nothing, in decimal format.</summary>
    public static ResourceAmount Zero => default;

    /// <summary>The value in billionths of a unit.</summary>
    public BigInteger Nanos { get; }

    /// <summary>How it is written.</summary>
    public AmountFormat Format { get; }

    /// <summary>Whether it is nothing.</summary>
    public bool IsZero => Nanos.IsZero;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => Nanos.Sign;

    /// <summary>The value in whole units, rounded away from zero; beyond a long, the nearest long.</summary>
    public long Units => Scaled(NanosPerUnit);

    /// <summary>The value in thousandths, rounded away from zero; beyond a long, the nearest long. 1.5 CPUs are 1500.</summary>
    public long Millis => Scaled(NanosPerMilli);

    public static ResourceAmount operator +(ResourceAmount left, ResourceAmount right) =>
        new(left.Nanos + right.Nanos, left.IsZero ? right.Format : left.Format);

    public static ResourceAmount operator -(ResourceAmount left, ResourceAmount right) =>
        new(left.Nanos - right.Nanos, left.IsZero ? right.Format : left.Format);

    public static ResourceAmount operator -(ResourceAmount value) => new(-value.Nanos, value.Format);

    public static ResourceAmount operator *(ResourceAmount value, long factor) => new(value.Nanos * factor, value.Format);

    public static bool operator ==(ResourceAmount left, ResourceAmount right) => left.Equals(right);

    public static bool operator !=(ResourceAmount left, ResourceAmount right) => !left.Equals(right);

    public static bool operator <(ResourceAmount left, ResourceAmount right) => left.CompareTo(right) < 0;

    public static bool operator >(ResourceAmount left, ResourceAmount right) => left.CompareTo(right) > 0;

    public static bool operator <=(ResourceAmount left, ResourceAmount right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ResourceAmount left, ResourceAmount right) => left.CompareTo(right) >= 0;

    /// <summary>That many whole units.</summary>
    public static ResourceAmount FromUnits(long units, AmountFormat format = AmountFormat.DecimalSi) =>
        new((BigInteger)units * NanosPerUnit, format);

    /// <summary>That many thousandths.</summary>
    public static ResourceAmount FromMillis(long millis, AmountFormat format = AmountFormat.DecimalSi) =>
        new((BigInteger)millis * NanosPerMilli, format);

    /// <summary>That many bytes, written with binary suffixes.</summary>
    public static ResourceAmount FromBytes(long bytes) => FromUnits(bytes, AmountFormat.BinarySi);

    /// <summary>Reads a text such as <c>500m</c>, <c>1.5Gi</c> or <c>2e3</c>.</summary>
    /// <exception cref="FormatException">It is none; the message is that of Kubernetes' API server.</exception>
    public static ResourceAmount Parse(string text) =>
        AmountText.TryParse(text, out var amount, out _) is { } wrong ? throw new FormatException($"\"{text}\": {wrong}") : amount;

    /// <summary>Reads a text such as <c>500m</c>, <c>1.5Gi</c> or <c>2e3</c>.</summary>
    public static bool TryParse(string text, out ResourceAmount amount) => AmountText.TryParse(text, out amount, out _) is null;

    /// <summary>The next multiple of a thousandth, away from zero: what the API server does with CPU requests.</summary>
    public ResourceAmount RoundUpToMillis() => new(DivideAway(NanosPerMilli) * NanosPerMilli, Format);

    /// <summary>The same value, written in another format.</summary>
    public ResourceAmount In(AmountFormat format) => new(Nanos, format);

    /// <summary>The message that carries it.</summary>
    public Quantity ToQuantity() => new() { String = ToString() };

    /// <inheritdoc/>
    public int CompareTo(ResourceAmount other) => Nanos.CompareTo(other.Nanos);

    /// <inheritdoc/>
    public bool Equals(ResourceAmount other) => Nanos == other.Nanos;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ResourceAmount other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Nanos.GetHashCode();

    /// <summary>The canonical text.</summary>
    public override string ToString() => AmountText.Format(this);

    private long Scaled(long nanosPerStep) => (long)BigInteger.Clamp(DivideAway(nanosPerStep), long.MinValue, long.MaxValue);

    private BigInteger DivideAway(long divisor)
    {
        var quotient = BigInteger.DivRem(Nanos, divisor, out var remainder);
        return quotient + remainder.Sign;
    }
}
