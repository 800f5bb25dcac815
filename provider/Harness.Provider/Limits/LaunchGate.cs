using Harness.Provider.Configuration;
using Harness.Provider.Lifecycle;

namespace Harness.Provider.Limits;

/// <summary>
/// Lets launches through while the limits allow. Counts what this run asked for and, from the start, what EC2 tells of earlier
/// launches. Thread-safe; the configuration may be changed at any time (<see cref="Limits"/>).
/// </summary>
internal sealed class LaunchGate(LimitsConfiguration limits, Func<IEnumerable<PodRecord>> pods, TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private LaunchBudget _budget = LaunchBudget.Empty;
    private volatile LimitsConfiguration _limits = limits;

    public LimitsConfiguration Limits
    {
        get => _limits;
        set => _limits = value;
    }

    /// <summary>Counts launches of an earlier run.</summary>
    public void Remember(string instanceId, DateTimeOffset launchedAt)
    {
        lock (_lock)
        {
            _budget = new LaunchBudget(_budget.Launches.SetItem(instanceId, launchedAt));
        }
    }

    /// <summary>Counts a request and lets it through (null), or says why not now. A repetition of a counted request passes.</summary>
    public PodEvent.LaunchLimited? Enter(string podUid, int attempt)
    {
        var key = Key(podUid, attempt);
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (_budget.Counts(key))
            {
                return null;
            }

            if (Refuse(now) is { } refusal)
            {
                return refusal;
            }

            _budget = _budget.Spend(key, now);
            return null;
        }
    }

    /// <summary>The request had its answer: it counts from now.</summary>
    public void Launched(string podUid, int attempt)
    {
        lock (_lock)
        {
            _budget = _budget.Spend(Key(podUid, attempt), clock.GetUtcNow());
        }
    }

    /// <summary>EC2 refused: nothing was bought.</summary>
    public void Refused(string podUid, int attempt)
    {
        lock (_lock)
        {
            _budget = _budget.GiveBack(Key(podUid, attempt));
        }
    }

    private PodEvent.LaunchLimited? Refuse(DateTimeOffset now)
    {
        var limits = _limits;
        if (limits.Paused)
        {
            return new PodEvent.LaunchLimited("Launching is paused (Limits.Paused in the configuration); set it to false to go on.", LongestWait);
        }

        if (limits.MaxInstances is { } most && pods().Count(HoldsInstance) >= most)
        {
            return new PodEvent.LaunchLimited($"The node has {limits.MaxInstances} instances, its limit (Limits.MaxInstances); waiting for one to end.", LongestWait);
        }

        if (_budget.LastMinute(now) >= limits.MaxLaunchesPerMinute)
        {
            return new PodEvent.LaunchLimited(
                $"{limits.MaxLaunchesPerMinute} instances were launched within a minute, the limit (Limits.MaxLaunchesPerMinute).", Wait(now, day: false));
        }

        return _budget.LastDay(now) >= limits.MaxLaunchesPerDay
            ? new PodEvent.LaunchLimited(
                $"{limits.MaxLaunchesPerDay} instances were launched within a day, the limit (Limits.MaxLaunchesPerDay).", Wait(now, day: true))
            : null;
    }

    /// <summary>It has an instance, or a request under way that may give it one.</summary>
    private bool HoldsInstance(PodRecord pod) =>
        pod.Instance is { IsDead: false }
        || (pod.Stage is PodStage.Launching or PodStage.LookingUp && _budget.Counts(Key(pod.Uid, pod.Attempt)));

    private TimeSpan Wait(DateTimeOffset now, bool day)
    {
        var wait = _budget.UntilFreed(now, day);
        return wait < ShortestWait ? ShortestWait : wait > LongestWait ? LongestWait : wait;
    }

    private static string Key(string podUid, int attempt) => $"{podUid}/{attempt}";
}
