namespace Harness.Simulator.Clouds.Following;

/// <summary>The life of a followed machine.</summary>
internal enum FollowedPhase
{
    /// <summary>To be booted: its boot delay is not over, or its address is still another machine's.</summary>
    Waiting,

    /// <summary>Its boot was ordered.</summary>
    On,

    /// <summary>Its end was ordered and has not been told yet.</summary>
    Ending,

    /// <summary>Switched off, its disk kept.</summary>
    Off,
}
