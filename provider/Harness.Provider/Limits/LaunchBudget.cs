using System.Collections.Immutable;

namespace Harness.Provider.Limits;

/// <summary>
/// The launches of the last day, and whether one more is allowed. Pure: each operation gives the next budget. Requests that count
/// but have no answer yet are kept by their key, so that a repeated request is not counted twice.
/// </summary>
internal sealed record LaunchBudget(ImmutableDictionary<string, DateTimeOffset> Launches)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static LaunchBudget Empty { get; } = new(ImmutableDictionary<string, DateTimeOffset>.Empty);

    public int LastMinute(DateTimeOffset now) => Launches.Values.Count(at => now - at < Minute);

    public int LastDay(DateTimeOffset now) => Launches.Values.Count(at => now - at < Day);

    public bool Counts(string key) => Launches.ContainsKey(key);

    public LaunchBudget Spend(string key, DateTimeOffset now) =>
        new(Launches.RemoveRange(Launches.Where(entry => now - entry.Value >= Day).Select(entry => entry.Key)).SetItem(key, now));

    public LaunchBudget GiveBack(string key) => new(Launches.Remove(key));

    /// <summary>When the oldest launch of the last minute (or day) stops counting.</summary>
    public TimeSpan UntilFreed(DateTimeOffset now, bool day)
    {
        var window = day ? Day : Minute;
        var counting = Launches.Values.Where(at => now - at < window).ToList();
        return counting.Count == 0 ? TimeSpan.Zero : window - (now - counting.Min());
    }
}
