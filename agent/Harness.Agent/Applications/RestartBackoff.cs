namespace Harness.Agent.Applications;

/// <summary>
/// The pause before a restart, as the kubelet counts it: the first restart is immediate, then 10 s after the end of the run, doubling
/// to 5 minutes; a run that ends more than 10 minutes after its start begins anew.
/// </summary>
internal readonly record struct RestartBackoff(TimeSpan Delay, DateTimeOffset LastRestartAt)
{
    public static readonly TimeSpan Initial = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Maximum = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    public TimeSpan DelayAfter(DateTimeOffset finishedAt) => IsForgotten(finishedAt) ? TimeSpan.Zero : Delay;

    public RestartBackoff Restarted(DateTimeOffset finishedAt, DateTimeOffset now)
    {
        var last = DelayAfter(finishedAt);
        var next = last == TimeSpan.Zero ? Initial : last * 2;
        return new RestartBackoff(next < Maximum ? next : Maximum, now);
    }

    private bool IsForgotten(DateTimeOffset finishedAt) => finishedAt - LastRestartAt > Forgotten;
}
