using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tables;

/// <summary>Writes durations as kubectl's columns show them: 5s, 2m3s, 3h5m, 2d3h, 322d, 3y. Pure.</summary>
internal static class Age
{
    /// <summary>The age of an object.</summary>
    public static string Of(JsonObject item, DateTimeOffset now) => Since(item.Time("metadata", "creationTimestamp"), now);

    /// <summary>The time since a moment; <c>&lt;unknown&gt;</c> without one.</summary>
    public static string Since(DateTimeOffset? moment, DateTimeOffset now) => moment is { } then ? Format(now - then) : "<unknown>";

    /// <summary>A duration in two significant units at most; a little clock skew reads as 0s, more of it as <c>&lt;invalid&gt;</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        return seconds switch
        {
            < -1 => "<invalid>",
            < 0 => "0s",
            < 120 => $"{seconds}s",
            _ => FormatMinutes(seconds),
        };
    }

    private static string FormatMinutes(long seconds)
    {
        var minutes = seconds / 60;
        return minutes switch
        {
            < 10 => Two(minutes, "m", seconds % 60, "s"),
            < 180 => $"{minutes}m",
            _ => FormatHours(minutes),
        };
    }

    private static string FormatHours(long minutes)
    {
        var hours = minutes / 60;
        return hours switch
        {
            < 8 => Two(hours, "h", minutes % 60, "m"),
            < 48 => $"{hours}h",
            < 24 * 8 => Two(hours / 24, "d", hours % 24, "h"),
            < 24 * 365 * 2 => $"{hours / 24}d",
            < 24 * 365 * 8 => Two(hours / 24 / 365, "y", hours / 24 % 365, "d"),
            _ => $"{hours / 24 / 365}y",
        };
    }

    private static string Two(long large, string largeUnit, long small, string smallUnit) =>
        small == 0 ? $"{large}{largeUnit}" : $"{large}{largeUnit}{small}{smallUnit}";
}
