namespace Harness.Simulator.Ec2;

/// <summary>An instance's state; the numbers are the codes of EC2's InstanceState.</summary>
public enum InstanceState
{
    /// <summary>Being launched, or started again.</summary>
    Pending = 0,

    /// <summary>Booted: its host is up.</summary>
    Running = 16,

    /// <summary>On its way to <see cref="Terminated"/>.</summary>
    ShuttingDown = 32,

    /// <summary>Gone; still described for a while.</summary>
    Terminated = 48,

    /// <summary>On its way to <see cref="Stopped"/>.</summary>
    Stopping = 64,

    /// <summary>Off, its disk kept.</summary>
    Stopped = 80,
}
