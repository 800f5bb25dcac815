using System.Net;
using System.Security.Cryptography;
using System.Text;
using Harness.Simulator.Programs;

namespace Harness.Simulator.Hosts;

/// <summary>
/// Hosts on a network interface of this machine (or container): each host's address is added to it, by iproute2's <c>ip</c>, and its
/// agent listens there directly. The addresses carry a label of their owner's, by which those of a killed run are found. Linux,
/// with CAP_NET_ADMIN. Thread-safe.
/// </summary>
internal sealed class InterfaceNetwork : IHostNetwork
{
    /// <summary>The interface for addresses that are to be reached on this machine alone.</summary>
    public const string Loopback = "lo";

    /// <summary>The longest name of an interface that leaves room for a label.</summary>
    public const int MaxDeviceLength = 10;

    /// <summary>The kernel's limit for an address label, without the final zero.</summary>
    private const int LabelLength = 15;

    /// <summary>CAP_NET_ADMIN in the capability sets of /proc/PID/status.</summary>
    private const ulong NetAdmin = 1UL << 12;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _device;
    private readonly int _agentPort;
    private readonly string _label;
    private readonly TimeProvider _time;

    /// <param name="device">The interface, such as eth0; its label must fit.</param>
    /// <param name="agentPort">Where each agent listens.</param>
    /// <param name="owner">Tells this network's addresses from those of another on the same interface.</param>
    /// <param name="time">Bounds the calls of <c>ip</c>.</param>
    public InterfaceNetwork(string device, int agentPort, string owner, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(device.Length, MaxDeviceLength);
        _device = device;
        _agentPort = agentPort;
        _time = time;
        _label = $"{device}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(owner)))}"[..LabelLength];
    }

    /// <summary>Fails where this process, and the <c>ip</c> that it starts, may not change interfaces.</summary>
    /// <exception cref="HostNetworkException">CAP_NET_ADMIN is missing.</exception>
    public static void CheckRights()
    {
        var capabilities = File.ReadLines("/proc/self/status")
            .Where(line => line.StartsWith("Cap", StringComparison.Ordinal))
            .ToDictionary(line => line[..line.IndexOf(':', StringComparison.Ordinal)], line => Convert.ToUInt64(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(), 16));
        var handedOn = Environment.IsPrivilegedProcess ? capabilities["CapEff"] : capabilities["CapAmb"];
        if ((handedOn & NetAdmin) == 0)
        {
            throw new HostNetworkException(
                "Hosts' addresses cannot be added to an interface: CAP_NET_ADMIN is missing. Run as root with it (in Kubernetes: securityContext.capabilities.add: [NET_ADMIN]).");
        }
    }

    public IPEndPoint AgentEndpoint(IPAddress host) => new(host, _agentPort);

    public async Task AttachAsync(IPAddress host, CancellationToken cancellationToken)
    {
        var result = await RunAsync(["address", "add", $"{host}/32", "dev", _device, "label", _label], cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new HostNetworkException($"{host} cannot be added to interface {_device}: {result.Complaint} ('ip' needs CAP_NET_ADMIN)");
        }
    }

    public async Task DetachAsync(IPAddress host) =>
        _ = await RunAsync(["address", "del", $"{host}/32", "dev", _device], CancellationToken.None);

    /// <summary>Takes off the interface what an earlier run with the same owner left there, and returns how many addresses that were.</summary>
    /// <exception cref="HostNetworkException">There is no such interface, or no <c>ip</c>.</exception>
    public async Task<int> RemoveAllAsync(CancellationToken cancellationToken)
    {
        var listed = await RunAsync(["-oneline", "-4", "address", "show", "dev", _device, "label", _label], cancellationToken);
        if (listed.ExitCode != 0)
        {
            throw new HostNetworkException($"Interface {_device} cannot be used: {listed.Complaint}");
        }

        var addresses = listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(AddressOf).OfType<IPAddress>().ToList();
        foreach (var address in addresses)
        {
            await DetachAsync(address);
        }

        return addresses.Count;
    }

    /// <summary>From a line such as <c>2: eth0    inet 10.0.0.4/32 scope global eth0:ab12</c>.</summary>
    private static IPAddress? AddressOf(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var family = Array.IndexOf(words, "inet");
        return family >= 0 && family + 1 < words.Length && IPAddress.TryParse(words[family + 1].Split('/')[0], out var address) ? address : null;
    }

    private async Task<CommandResult> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await ShortCommand.RunAsync("ip", arguments, ProgramEnvironment.Minimal("/"), Patience, _time, cancellationToken);
        }
        catch (ProgramStartException exception)
        {
            throw new HostNetworkException($"{exception.Message} Install iproute2.");
        }
    }
}
