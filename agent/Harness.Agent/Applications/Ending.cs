namespace Harness.Agent.Applications;

/// <summary>The ending of the application: its cause, and when what is still alive is killed.</summary>
internal sealed record Ending(EndingCause Cause, DateTimeOffset KillAt);
