namespace Harness.Kubernetes.Informers;

/// <summary>
/// Where list-and-watch stands: what to do next, from which version, and after how many failures in a row. Pure; every step gives a new
/// state.
/// </summary>
/// <param name="ResourceVersion">What is known; null when a list is needed first.</param>
/// <param name="Failures">In a row. Progress (a complete list, an event) ends the count.</param>
/// <param name="ListInOne">Lists without pages: continue tokens ran out before the last page was read.</param>
internal sealed record ReflectorState(string? ResourceVersion, int Failures, bool ListInOne)
{
    /// <summary>Watches that the server ends sooner than this, with no event, count as failures: no hot loop.</summary>
    private static readonly TimeSpan ShortWatch = TimeSpan.FromSeconds(1);

    public static ReflectorState Start { get; } = new(null, 0, false);

    public bool NeedsList => ResourceVersion is null;

    public ReflectorState Listed(string resourceVersion) => this with { ResourceVersion = resourceVersion, Failures = 0, ListInOne = false };

    public ReflectorState ListEnded(ReflectorOutcome outcome) => outcome switch
    {
        ReflectorOutcome.Expired => this with { Failures = Failures + 1, ListInOne = true },
        ReflectorOutcome.Failed => this with { Failures = Failures + 1 },
        _ => throw new InvalidOperationException("A complete list comes with its resourceVersion."),
    };

    public ReflectorState Advanced(string resourceVersion) =>
        resourceVersion.Length == 0 ? this : this with { ResourceVersion = resourceVersion, Failures = 0 };

    /// <param name="outcome">How the watch ended.</param>
    /// <param name="lasted">How long it was open.</param>
    /// <param name="sawEvents">Whether anything came, bookmarks included.</param>
    public ReflectorState WatchEnded(ReflectorOutcome outcome, TimeSpan lasted, bool sawEvents) => outcome switch
    {
        ReflectorOutcome.Completed when sawEvents || lasted >= ShortWatch => this with { Failures = 0 },
        ReflectorOutcome.Completed or ReflectorOutcome.Failed => this with { Failures = Failures + 1 },

        // The first relist comes at once; a server that expires each watch is backed off.
        ReflectorOutcome.Expired => this with { ResourceVersion = null, Failures = sawEvents ? 0 : Failures + (lasted >= ShortWatch ? 0 : 1) },
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
