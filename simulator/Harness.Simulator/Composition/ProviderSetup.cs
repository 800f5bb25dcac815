using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harness.Simulator.Clouds;
using Harness.Simulator.Programs;
using Harness.Simulator.State;

namespace Harness.Simulator.Composition;

/// <summary>
/// What the provider is started with: a configuration file and a kubeconfig as on a real cluster, and AWS's standard
/// environment variables. Nothing in them tells the provider that it is simulated.
/// </summary>
internal sealed record ProviderSetup
{
    public const string ClusterName = "sim";

    private const int MetricsPort = 10256;
    private const int KubeletPort = 10250;
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    public required SimDirectory Directory { get; init; }

    public required string Program { get; init; }

    public required ICloud Cloud { get; init; }

    /// <summary>Where the node is reached: its kubelet port and its metrics.</summary>
    public required IPAddress NodeAddress { get; init; }

    public required int AgentPort { get; init; }

    /// <summary>A kubeconfig with the provider's own identity.</summary>
    public required string Kubeconfig { get; init; }

    /// <summary>What the node is labelled with beyond the provider's own labels.</summary>
    public IReadOnlyDictionary<string, string> NodeLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>Laid over the configuration; null: nothing.</summary>
    public JsonObject? ConfigurationOverlay { get; init; }

    public string MetricsEndpoint => $"http://{NodeAddress}:{MetricsPort}/metrics";

    /// <summary>Writes the files.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var configuration = Configuration();
        if (ConfigurationOverlay is { } overlay)
        {
            LayOver(configuration, overlay);
        }

        await File.WriteAllTextAsync(Directory.ProviderConfig, configuration.ToJsonString(Format), cancellationToken);
        await PrivateFile.WriteAsync(Directory.ProviderKubeconfig, Kubeconfig, cancellationToken);
    }

    public ChildProgramOptions ProgramOptions() => new()
    {
        Name = "The provider",
        Program = Program,
        Arguments =
        [
            "run",
            "--config", Directory.ProviderConfig,
            "--kubeconfig", Directory.ProviderKubeconfig,
            "--node-ip", NodeAddress.ToString(),
            "--kubelet-port", KubeletPort.ToString(CultureInfo.InvariantCulture),
            "--metrics-address", $"{NodeAddress}:{MetricsPort}",
        ],
        Environment = ProgramEnvironment.Minimal(Directory.Provider).Concat(Cloud.Environment).ToDictionary(),
        WorkingDirectory = Directory.Provider,
        LogFile = Directory.ProviderLog,
    };

    private JsonObject Configuration() => new()
    {
        ["Region"] = Cloud.Region,
        ["ClusterName"] = ClusterName,
        ["ManagementSubnet"] = Cloud.Resources.SubnetId,
        ["VMConfig"] = new JsonObject
        {
            ["DefaultAMI"] = Cloud.Resources.ImageId,
            ["InitialSecurityGroups"] = new JsonArray(Cloud.Resources.SecurityGroupId),
        },
        ["BootstrapAgent"] = new JsonObject
        {
            ["S3Bucket"] = Cloud.Resources.AgentBucket,
            ["S3Key"] = Cloud.Resources.AgentKey,
            ["GRPCPort"] = AgentPort,
        },
        ["VKVMAgentConnectionConfig"] = new JsonObject { ["Port"] = AgentPort },
        ["Node"] = new JsonObject { ["Labels"] = new JsonObject(NodeLabels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))) },
        ["AuditLog"] = Directory.ProviderAuditLog,
    };

    /// <summary>As RFC 7386 merges.</summary>
    private static void LayOver(JsonObject target, JsonObject overlay)
    {
        foreach (var (key, value) in overlay)
        {
            if (value is null)
            {
                target.Remove(key);
            }
            else if (value is JsonObject inner && target[key] is JsonObject standing)
            {
                LayOver(standing, inner);
            }
            else
            {
                target[key] = value.DeepClone();
            }
        }
    }
}
