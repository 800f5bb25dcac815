using System.Collections.Concurrent;
using Harness.Agent.Applications;

namespace Harness.Agent.Usage;

/// <summary>
/// What is remembered between samples of processor time: so that a sum never falls while a run lasts (processes that end take theirs
/// along), and to tell the rate. Thread-safe.
/// </summary>
internal sealed class CpuHistory
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<WorkloadKey, Sample> _latest = new();

    /// <summary>The sum so far, and nanocores since the sample before; null with the first sample.</summary>
    public (TimeSpan Sum, ulong? NanoCores) Add(WorkloadKey key, TimeSpan measured, DateTimeOffset now)
    {
        var sample = _latest.AddOrUpdate(key, _ => new Sample(measured, now, measured, null), (_, before) => before.Next(measured, now));
        return (sample.Sum, sample.NanoCores);
    }

    /// <summary>Forgets the runs that are over.</summary>
    public void Keep(IReadOnlySet<WorkloadKey> running)
    {
        foreach (var key in _latest.Keys.Where(key => !running.Contains(key)))
        {
            _latest.TryRemove(key, out _);
        }
    }

    /// <summary>RateSum at RateTime is where the rate is counted from.</summary>
    private sealed record Sample(TimeSpan RateSum, DateTimeOffset RateTime, TimeSpan Sum, ulong? NanoCores)
    {
        public Sample Next(TimeSpan measured, DateTimeOffset now)
        {
            var sum = measured > Sum ? measured : Sum;
            var elapsed = now - RateTime;
            // Two callers right after each other would tell a rate of nothing.
            return elapsed < ShortestInterval
                ? this with { Sum = sum }
                : new Sample(sum, now, sum, (ulong)((sum - RateSum) / elapsed * 1e9));
        }
    }
}
