namespace Harness.Simulator.Control;

/// <summary>The life of a simulator.</summary>
public enum SimulatorState
{
    /// <summary>None runs in the folder.</summary>
    Stopped,

    /// <summary>It has its block and is bringing the parts up.</summary>
    Starting,

    /// <summary>The virtual node is Ready.</summary>
    Ready,

    /// <summary>It is ending its parts.</summary>
    Stopping,
}
