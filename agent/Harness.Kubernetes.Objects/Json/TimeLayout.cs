namespace Harness.Kubernetes.Objects.Json;

/// <summary>The two texts of a moment in Kubernetes JSON, named as Go names its layouts.</summary>
internal sealed record TimeLayout(string GoName, string? Fraction, string Format)
{
    /// <summary>RFC 3339 in whole seconds; a fraction is accepted and cut.</summary>
    public static TimeLayout Seconds { get; } = new("2006-01-02T15:04:05Z07:00", null, "yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>RFC 3339 with exactly six decimals.</summary>
    public static TimeLayout Microseconds { get; } = new("2006-01-02T15:04:05.000000Z07:00", ".000000", "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");
}
