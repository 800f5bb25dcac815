using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Simulator.Control;

/// <summary>What runs and where: the document of <c>sim status -o json</c> and of the control endpoint's <c>/status</c>.</summary>
public sealed record SimulatorStatus
{
    public static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public required SimulatorState State { get; init; }

    /// <summary>The folder that everything is in.</summary>
    public required string Directory { get; init; }

    public int? Pid { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>The loopback block of the hosts, in CIDR notation.</summary>
    public string? Block { get; init; }

    /// <summary>Where this document is served.</summary>
    public string? Control { get; init; }

    public KubernetesStatus? Kubernetes { get; init; }

    public Ec2Status? Ec2 { get; init; }

    public ProviderStatus? Provider { get; init; }

    /// <summary>The instance hosts that are switched on.</summary>
    public IReadOnlyList<HostStatus> Hosts { get; init; } = [];

    /// <param name="Endpoint">Where the API answers.</param>
    /// <param name="Kubeconfig">For kubectl, as administrator.</param>
    /// <param name="Description">What it is, with versions.</param>
    public sealed record KubernetesStatus(string Endpoint, string Kubeconfig, string Description);

    /// <param name="Endpoint">Where the API answers.</param>
    /// <param name="Region">The region.</param>
    /// <param name="Description">What it is.</param>
    public sealed record Ec2Status(string Endpoint, string Region, string Description);

    public sealed record ProviderStatus(int? Pid, int Restarts, string? Node, string Metrics, string Log);

    /// <param name="InstanceId">The EC2 instance.</param>
    /// <param name="Address">Its private address.</param>
    /// <param name="AgentPid">The process of its agent.</param>
    /// <param name="AgentRestarts">How often its agent was started again.</param>
    /// <param name="Pod">The pod that it runs, as namespace/name, from the instance's tags.</param>
    /// <param name="Console">The machine's console log.</param>
    public sealed record HostStatus(string InstanceId, string Address, int? AgentPid, int AgentRestarts, string? Pod, string Console);
}
