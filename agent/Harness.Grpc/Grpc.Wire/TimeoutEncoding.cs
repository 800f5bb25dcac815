using System.Globalization;

namespace Grpc.Wire;

/// <summary>The encoding of <c>grpc-timeout</c>: at most 8 digits and a unit.</summary>
internal static class TimeoutEncoding
{
    private const long MaxDigits = 99_999_999;
    private const long NanosecondsPerTick = 100;

    private static readonly (char Unit, long Ticks)[] Units =
    [
        ('u', TimeSpan.TicksPerMicrosecond),
        ('m', TimeSpan.TicksPerMillisecond),
        ('S', TimeSpan.TicksPerSecond),
        ('M', TimeSpan.TicksPerMinute),
        ('H', TimeSpan.TicksPerHour),
    ];

    /// <summary>The finest unit that fits, rounded up, so that the other side never gives up first; at least 1 ns.</summary>
    public static string Encode(TimeSpan timeout)
    {
        if (timeout.Ticks <= MaxDigits / NanosecondsPerTick)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, timeout.Ticks * NanosecondsPerTick)}n");
        }

        foreach (var (unit, ticks) in Units)
        {
            var count = (timeout.Ticks / ticks) + (timeout.Ticks % ticks == 0 ? 0 : 1);
            if (count <= MaxDigits)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{MaxDigits}H");
    }

    public static bool TryDecode(string text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > 9
            || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        if (text[^1] == 'n')
        {
            timeout = TimeSpan.FromTicks((count + NanosecondsPerTick - 1) / NanosecondsPerTick);
            return true;
        }

        var ticks = Array.Find(Units, entry => entry.Unit == text[^1]).Ticks;
        timeout = TimeSpan.FromTicks(count * ticks);
        return ticks != 0;
    }
}
