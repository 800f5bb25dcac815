using System.Net;
using Harness.Simulator.Fronting;
using Harness.Simulator.Programs;
using Harness.Simulator.State;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Hosts;

/// <summary>
/// One emulated machine that is switched on: a disk folder, a console log and the agent that its boot started. Reached on
/// the instance's private address through the front listener. Owned by <see cref="InstanceHosts"/>.
/// </summary>
internal sealed class InstanceHost : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(10);

    private readonly string _folder;
    private readonly FrontListener _front;
    private readonly TimeProvider _time;
    private readonly ChildProgram _agent;

    private InstanceHost(string instanceId, IPAddress address, string folder, FrontListener front, TimeProvider time, ChildProgram agent)
    {
        InstanceId = instanceId;
        Address = address;
        _folder = folder;
        _front = front;
        _time = time;
        _agent = agent;
    }

    public string InstanceId { get; }

    public IPAddress Address { get; }

    public ProcessIdentity Agent => _agent.Identity;

    /// <summary>Completes once the agent has ended, for whatever reason.</summary>
    public Task AgentEnded => _agent.Exited;

    /// <summary>Boots: makes the disk, starts the agent and opens the address. The agent need not answer yet.</summary>
    public static InstanceHost Boot(HostBoot boot, FrontListener front, TimeProvider time, ILogger logger)
    {
        var state = Path.Combine(boot.Folder, "disk");
        Directory.CreateDirectory(state);
        var agent = ChildProgram.Start(
            new ChildProgramOptions
            {
                Name = $"agent of {boot.InstanceId}",
                Program = boot.Agent.Program,
                Arguments = boot.Agent.ArgumentsFor(boot.Address.ToString(), boot.PrivatePort, state),
                Environment = HostEnvironment(state),
                WorkingDirectory = state,
                LogFile = Path.Combine(boot.Folder, "console.log"),
            },
            time,
            logger);
        front.Route(boot.Address, new IPEndPoint(boot.Address, boot.PrivatePort));
        return new InstanceHost(boot.InstanceId, boot.Address, boot.Folder, front, time, agent);
    }

    /// <summary>Shuts the machine down: the agent is asked to end, then the power goes, and the disk with it.</summary>
    public async Task ShutDownAsync()
    {
        await _agent.StopAsync(ShutdownPatience);
        _front.Unroute(Address);
        await Leftovers.EndProcessesAsync(_folder, [Agent], _time, CancellationToken.None);
        await _agent.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public async ValueTask DisposeAsync() => await ShutDownAsync();

    private static Dictionary<string, string> HostEnvironment(string home) => new()
    {
        ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin",
        ["HOME"] = home,
        ["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "",
        ["DOTNET_gcServer"] = "0",
    };
}
