using System.Security.Cryptography;
using System.Text;
using Harness.Simulator.Composition;
using Harness.Simulator.Fronting;
using Harness.Simulator.Hosts;
using Harness.Simulator.State;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Clouds;

/// <summary>What a simulator gives to the driver of its EC2. A value.</summary>
/// <param name="Block">Whose addresses instances get, and whose first address EC2 may listen on.</param>
/// <param name="AgentPort">The port that agents are reached on.</param>
/// <param name="Hosts">The machines to boot for instances.</param>
/// <param name="Ledger">Where the driver writes down what it made.</param>
/// <param name="Options">The simulator's options.</param>
/// <param name="Progress">Hears of each step.</param>
/// <param name="Time">The clock.</param>
/// <param name="Loggers">The simulator's log.</param>
internal sealed record CloudSite(
    AddressBlock Block,
    int AgentPort,
    InstanceHosts Hosts,
    RunLedger Ledger,
    SimulationOptions Options,
    IProgress<string> Progress,
    TimeProvider Time,
    ILoggerFactory Loggers)
{
    /// <summary>Names what this simulator makes in an EC2 that others use, too: the same for each run in the same folder, so that the next one finds it.</summary>
    public string Owner => OwnerOf(Options.Directory);

    public static string OwnerOf(SimDirectory directory)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Environment.MachineName}:{directory.Root}"));
        return $"sim-{Convert.ToHexStringLower(hash)[..12]}";
    }
}
