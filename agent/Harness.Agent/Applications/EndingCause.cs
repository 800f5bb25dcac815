namespace Harness.Agent.Applications;

/// <summary>Why the application as a whole is being ended.</summary>
internal enum EndingCause
{
    /// <summary>Nothing is left to run: every main container is done, or an init container failed for good.</summary>
    Completed,

    /// <summary>TerminateApplication.</summary>
    Requested,

    /// <summary>activeDeadlineSeconds is over.</summary>
    DeadlineExceeded,

    /// <summary>The agent itself stops.</summary>
    AgentStopping,
}
