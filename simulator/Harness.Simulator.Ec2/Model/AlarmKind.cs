namespace Harness.Simulator.Ec2.Model;

/// <summary>What an <see cref="Alarm"/> is about.</summary>
internal enum AlarmKind
{
    /// <summary>An instance's <see cref="Instance.Due"/>.</summary>
    Instance,

    /// <summary>A ClientToken of RunInstances that may be forgotten.</summary>
    LaunchToken,

    /// <summary>A ClientToken of CreateNetworkInterface that may be forgotten.</summary>
    InterfaceToken,
}
