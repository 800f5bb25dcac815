namespace Harness.Kubernetes.Queues;

/// <summary>
/// How long to wait after failures in a row: doubling up to a cap, never giving up, shortened by chance so that many do not come back at
/// once. Immutable.
/// </summary>
public sealed record BackoffPolicy
{
    /// <summary>After the first failure.</summary>
    public TimeSpan Initial { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan Max { get; init; } = TimeSpan.FromMinutes(1);

    public double Factor { get; init; } = 2;

    /// <summary>By what share of itself a delay may be shortened, 0 to 1.</summary>
    public double Jitter { get; init; } = 0.5;

    /// <param name="failures">In a row, this one included: at least 1.</param>
    /// <param name="random">The caller sees to it that no one else uses it meanwhile.</param>
    public TimeSpan Delay(int failures, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var full = Math.Min(Max.TotalMilliseconds, Initial.TotalMilliseconds * Math.Pow(Factor, failures - 1));
        return TimeSpan.FromMilliseconds(full * (1 - (Jitter * random.NextDouble())));
    }
}
