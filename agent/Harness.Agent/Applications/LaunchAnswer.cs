namespace Harness.Agent.Applications;

/// <summary>What becomes of a launch request.</summary>
internal enum LaunchAnswer
{
    Accepted,

    /// <summary>The same UID runs or has ended: nothing to do.</summary>
    AlreadyLaunched,

    /// <summary>The same UID runs, and the request's spec differs: it is ignored.</summary>
    SpecIgnored,

    /// <summary>Another UID is active.</summary>
    OtherActive,

    /// <summary>The agent is stopping.</summary>
    Draining,
}
