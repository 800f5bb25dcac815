using System.Net;

namespace Harness.Provider.Runtime;

/// <summary>What the command line and the environment say, besides the configuration file.</summary>
public sealed record ProviderOptions
{
    /// <summary>The configuration file.</summary>
    public required string ConfigPath { get; init; }

    /// <summary>Null: the service account of the pod this runs in, else the user's own kubeconfig.</summary>
    public string? KubeConfig { get; init; }

    /// <summary>The address at which API servers reach this provider: the node's InternalIP.</summary>
    public required IPAddress NodeIp { get; init; }

    /// <summary>0: any free port.</summary>
    public int KubeletPort { get; init; } = 10250;
    public IPEndPoint MetricsAddress { get; init; } = new(IPAddress.Any, 10256);

    /// <summary>The StatefulSet replica this is (POD_NAME): each has its own node.</summary>
    public string? PodName { get; init; }
    public string Version { get; init; } = "";
}
