namespace Harness.Agent.Launching;

/// <summary>
/// What the workload runtime can do, for the checks at launch: the user that workloads run as unless asked otherwise, and whether
/// another can be chosen.
/// </summary>
internal sealed record RuntimeAbilities(long User, bool CanSwitchUser);
