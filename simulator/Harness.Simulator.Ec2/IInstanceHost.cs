namespace Harness.Simulator.Ec2;

/// <summary>
/// The seam to whatever stands for an instance's machine. The emulated EC2 calls it from background tasks, for one instance
/// one call at a time and in order, for different instances at the same time. Without a host, every boot succeeds at once.
/// </summary>
public interface IInstanceHost
{
    /// <summary>
    /// Boots the machine, after the boot delay of its type. The instance becomes running when this returns. When it throws, the
    /// boot failed, nothing of the machine may be left, and the instance ends as terminated with Server.InternalError.
    /// Cancelled when the instance is stopped or terminated meanwhile; <see cref="StopAsync"/> follows.
    /// </summary>
    Task StartAsync(InstanceView instance, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the machine; the instance is reported as stopped or terminated only after this returned. Called for a machine whose start
    /// was cancelled, too. An exception is logged and counts as ended. <see cref="InstanceView.State"/> tells a stop (the disk
    /// is kept) from a termination.
    /// </summary>
    Task StopAsync(InstanceView instance, CancellationToken cancellationToken);

    /// <summary>Reboots the running machine in place. An exception is logged; the instance stays running.</summary>
    Task RebootAsync(InstanceView instance, CancellationToken cancellationToken);
}
