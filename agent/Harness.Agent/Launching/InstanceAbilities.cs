using System.Collections.Immutable;

namespace Harness.Agent.Launching;

/// <summary>What an instance can give to workloads, as found out by trying, and what an operator allows.</summary>
internal sealed record InstanceAbilities
{
    public static InstanceAbilities Nothing { get; } = new();

    /// <summary>Mount, PID, IPC and UTS namespaces, and with them a private root and mounts.</summary>
    public bool Namespaces { get; init; }

    public bool Cgroups { get; init; }

    /// <summary>Packets of workloads to the instance metadata service can be refused.</summary>
    public bool MetadataBlock { get; init; }

    /// <summary>The names of what is not there, for conditions and log lines.</summary>
    public ImmutableArray<string> Lacks =>
    [
        .. Named(!Namespaces, "namespaces and a private root"),
        .. Named(!Cgroups, "control groups"),
        .. Named(!MetadataBlock, "blocking of the instance metadata service"),
    ];

    private static ImmutableArray<string> Named(bool lacks, string name) => lacks ? [name] : [];
}
