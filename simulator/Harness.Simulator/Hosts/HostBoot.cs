using System.Net;

namespace Harness.Simulator.Hosts;

/// <summary>What an emulated machine is booted with.</summary>
/// <param name="InstanceId">The EC2 instance that this machine is.</param>
/// <param name="Address">Its private address.</param>
/// <param name="Folder">Its disk and console log; made at boot, removed at shutdown.</param>
/// <param name="Agent">The agent that its boot starts.</param>
internal sealed record HostBoot(string InstanceId, IPAddress Address, string Folder, AgentCommand Agent);
