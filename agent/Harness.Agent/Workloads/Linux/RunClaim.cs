namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// Who took hold of a run's folder first: the shim that runs it, in one boot of the machine, or (Shim null) an agent that came back, found
/// no shim and called the run off. There is never a second claim, so a run never has two processes.
/// </summary>
internal sealed record RunClaim(ProcessIdentity? Shim, string BootId, DateTimeOffset At);
