namespace Harness.Agent.Logs;

/// <summary>What there is of a log at one moment. Changed completes at the next write, or at the end of the log.</summary>
internal sealed record LogSnapshot(int FirstSegment, int LastSegment, long LastLength, bool Completed, Task Changed);
