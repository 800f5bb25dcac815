namespace Harness.Provider.Lifecycle;

/// <summary>
/// A capped exponential backoff with jitter. Pure: the jitter is drawn from a hash of who waits and how often, so one
/// history always gives one schedule, while a thousand pods spread out.
/// </summary>
internal sealed record Backoff(TimeSpan BaseDelay, double Multiplier, double Jitter, TimeSpan MaxDelay)
{
    /// <summary>How long to wait after so many failures in a row (from 1).</summary>
    public TimeSpan After(int failures, string who)
    {
        var grown = BaseDelay.TotalMilliseconds * Math.Pow(Multiplier, Math.Clamp(failures - 1, 0, 64));
        var capped = Math.Min(grown, MaxDelay.TotalMilliseconds);
        var spread = 1 + (Jitter * ((Fraction(who, failures) * 2) - 1));
        return TimeSpan.FromMilliseconds(Math.Min(capped * spread, MaxDelay.TotalMilliseconds));
    }

    /// <summary>A number in [0, 1) from an FNV-1a hash.</summary>
    private static double Fraction(string who, int failures)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in who)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        hash = (hash ^ (uint)failures) * 1099511628211UL;
        hash ^= hash >> 29;
        return (hash >> 11) / (double)(1UL << 53);
    }
}
