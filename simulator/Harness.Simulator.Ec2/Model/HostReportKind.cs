namespace Harness.Simulator.Ec2.Model;

/// <summary>The kinds of <see cref="HostReport"/>.</summary>
internal enum HostReportKind
{
    /// <summary>The boot succeeded.</summary>
    Started,

    /// <summary>The boot failed, nothing of the machine is left.</summary>
    Failed,

    /// <summary>The machine is gone.</summary>
    Stopped,

    /// <summary>The guest shut itself down.</summary>
    ShutDownFromInside,
}
