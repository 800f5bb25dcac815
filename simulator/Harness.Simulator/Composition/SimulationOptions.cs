using System.Text.Json.Nodes;
using Harness.Simulator.Clouds;
using Harness.Simulator.Clusters;
using Harness.Simulator.Hosts;
using Harness.Simulator.State;

namespace Harness.Simulator.Composition;

/// <summary>How one simulator is set up. A value.</summary>
public sealed record SimulationOptions
{
    public required SimDirectory Directory { get; init; }

    /// <summary>The provider's program.</summary>
    public required string ProviderProgram { get; init; }

    /// <summary>What each instance's boot starts.</summary>
    public required AgentCommand Agent { get; init; }

    /// <summary>The Kubernetes that the virtual node joins.</summary>
    public ClusterChoice Cluster { get; init; } = new ClusterChoice.Embedded();

    /// <summary>The EC2 that instances come from.</summary>
    public CloudChoice Cloud { get; init; } = new CloudChoice.Embedded();

    /// <summary>Laid over the provider's configuration file: its values replace those there, objects merge, null takes a key out.</summary>
    public JsonObject? ProviderConfiguration { get; init; }

    /// <summary>N of the block 127.N.0.0/16, 1 to 254; null takes any free one.</summary>
    public int? Block { get; init; }

    /// <summary>The port of the control endpoint, the same for every simulator: it tells which blocks are taken.</summary>
    public int ControlPort { get; init; } = 8199;

    /// <summary>The port that agents are reached on; null takes 8200 where it is free, else any free one.</summary>
    public int? AgentPort { get; init; }

    /// <summary>From RunInstances to running; on another EC2, from the first sight of an instance to its machine's boot.</summary>
    public TimeSpan BootDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the node may take to become Ready.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Seeds identifiers, so that the same calls give the same ones.</summary>
    public int Seed { get; init; } = 1;
}
