namespace Harness.Agent.Applications;

/// <summary>Where one probe stands: when it runs next, whether it runs now, and how many equal results came in a row.</summary>
internal sealed record ProbeState(DateTimeOffset NextAt, bool InFlight, int Successes, int Failures, bool Passing)
{
    public static ProbeState First(ProbeSpec spec, DateTimeOffset startedAt, bool passing) => new(startedAt + spec.InitialDelay, false, 0, 0, passing);

    public ProbeState Moved(TimeSpan by) => this with { NextAt = NextAt + by };

    /// <summary>The state after one result; Passing turns only at its threshold.</summary>
    public ProbeState After(ProbeSpec spec, bool success, DateTimeOffset now)
    {
        var successes = success ? Successes + 1 : 0;
        var failures = success ? 0 : Failures + 1;
        var passing = success ? Passing || successes >= spec.SuccessThreshold : Passing && failures < spec.FailureThreshold;
        return new ProbeState(now + spec.Period, false, successes, failures, passing);
    }
}
