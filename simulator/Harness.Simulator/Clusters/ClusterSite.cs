using Harness.Simulator.Fronting;
using Harness.Simulator.State;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Clusters;

/// <summary>What a simulator gives to the driver of its cluster. A value.</summary>
/// <param name="Block">Whose first address the cluster may listen on.</param>
/// <param name="Directory">Where its files go.</param>
/// <param name="Ledger">Where it writes down what it started.</param>
/// <param name="Seed">Seeds identifiers.</param>
/// <param name="Progress">Hears of each step.</param>
/// <param name="Time">The clock.</param>
/// <param name="Loggers">The simulator's log.</param>
internal sealed record ClusterSite(
    AddressBlock Block, SimDirectory Directory, RunLedger Ledger, int Seed, IProgress<string> Progress, TimeProvider Time, ILoggerFactory Loggers);
