namespace Harness.Simulator.Ec2;

/// <summary>
/// One step of <see cref="Ec2Simulator.WatchInstancesAsync"/>: an instance as it is now.
/// </summary>
/// <param name="Kind">Why it is told.</param>
/// <param name="Instance">The instance after the change (for <see cref="InstanceChangeKind.Forgotten"/>: as it was last).</param>
/// <param name="PreviousState">The state before, or null when it is told for the first time.</param>
public sealed record InstanceChange(InstanceChangeKind Kind, InstanceView Instance, InstanceState? PreviousState);
