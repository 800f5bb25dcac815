namespace Harness.Agent.Logs;

/// <summary>How much of one run's log is kept: the latest segments, each of about this size.</summary>
internal sealed record LogLimits(long SegmentBytes, int Segments, int LineBytes)
{
    public static LogLimits Default { get; } = new(5 * 1024 * 1024, 3, 16 * 1024);

    public long KeptBytes => SegmentBytes * Segments;
}
