using System.Collections.Immutable;
using Harness.Agent.Applications;

namespace Harness.Agent.Launching;

/// <summary>
/// What the workload runtime can do, for the checks at launch: the user that workloads run as unless asked otherwise, whether another can be
/// chosen, what the instance gives, and what the operator's options say.
/// </summary>
internal sealed record RuntimeAbilities(long User, bool CanSwitchUser)
{
    /// <summary>Found out when it is first asked for.</summary>
    public Lazy<InstanceAbilities> Instance { get; init; } = new(InstanceAbilities.Nothing);

    public IsolationLevel Isolation { get; init; }

    /// <summary>The folders of the instance that pods may mount, with what is below them.</summary>
    public ImmutableArray<string> HostPaths { get; init; } = [];

    /// <summary>True: images are not run and commands need not be there (a runtime in memory).</summary>
    public bool Simulated { get; init; }
}
