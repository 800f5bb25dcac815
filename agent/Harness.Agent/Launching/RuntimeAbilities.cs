namespace Harness.Agent.Launching;

/// <summary>What the workload runtime can do, for the checks at launch.</summary>
/// <param name="User">The user that workloads run as unless asked otherwise.</param>
/// <param name="CanSwitchUser">True when another user can be chosen.</param>
internal sealed record RuntimeAbilities(long User, bool CanSwitchUser);
