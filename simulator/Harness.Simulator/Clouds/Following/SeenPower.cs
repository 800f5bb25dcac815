namespace Harness.Simulator.Clouds.Following;

/// <summary>What an instance's state means for its machine.</summary>
internal enum SeenPower
{
    /// <summary>pending, running: it is to be on.</summary>
    On,

    /// <summary>stopping, stopped: it is to be off, its disk kept.</summary>
    Off,

    /// <summary>shutting-down, terminated: nothing of it is to be left.</summary>
    Gone,
}
