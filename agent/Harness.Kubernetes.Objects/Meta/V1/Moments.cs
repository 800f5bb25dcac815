namespace Harness.Kubernetes.Objects.Meta.V1;

/// <summary>Seconds and nanoseconds since 1970, as the messages of a moment hold them. Pure.</summary>
internal static class Moments
{
    private const int NanosPerTick = 100;
    private const int NanosPerMicrosecond = 1000;

    private static readonly long s_zeroSeconds = DateTimeOffset.MinValue.ToUnixTimeSeconds();

    /// <summary>Go's zero time: nothing set, or the first second of year 1.</summary>
    public static bool IsZero(long seconds, int nanos, bool isSet) => !isSet || (seconds == s_zeroSeconds && nanos == 0);

    /// <exception cref="KubernetesFormatException">The moment is not within years 1 to 9999.</exception>
    public static DateTimeOffset ToDateTimeOffset(long seconds, int nanos)
    {
        try
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanos / NanosPerTick);
        }
        catch (ArgumentOutOfRangeException outOfRange)
        {
            throw new KubernetesFormatException($"the time of {seconds} seconds since 1970 is not within years 1 to 9999", "", outOfRange);
        }
    }

    public static int Nanos(DateTimeOffset moment) => (int)(moment.Ticks % TimeSpan.TicksPerSecond) * NanosPerTick;

    public static int MicrosecondsAsNanos(DateTimeOffset moment) => Nanos(moment) / NanosPerMicrosecond * NanosPerMicrosecond;
}
