namespace Harness.Simulator.Ec2.Model;

/// <summary>What was last asked of, or told by, the machine behind an instance.</summary>
internal enum HostPhase
{
    None,
    Starting,
    Up,
    Stopping,
}
