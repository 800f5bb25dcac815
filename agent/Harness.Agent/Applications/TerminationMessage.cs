namespace Harness.Agent.Applications;

/// <summary>Where a container leaves its last words, and whether the end of its log stands in for them after an error.</summary>
internal sealed record TerminationMessage(string Path, bool FallBackToLog)
{
    public static TerminationMessage Default { get; } = new("/dev/termination-log", false);
}
