using Harness.Simulator.Kubernetes.Clients;

namespace Harness.Simulator.Clusters;

/// <summary>
/// The Kubernetes cluster that a simulator's virtual node joins. One driver each for the embedded API server, a control plane of
/// real programs, and a cluster that stands already. Disposing it takes down, or takes out of the cluster, what the driver put there.
/// </summary>
internal interface ICluster : IAsyncDisposable
{
    /// <summary>What it is, with versions, for a person.</summary>
    string Description { get; }

    Uri Endpoint { get; }

    /// <summary>A kubeconfig for the person who runs the simulator, with all rights that they have.</summary>
    string AdministratorKubeconfig { get; }

    /// <summary>A client with that person's rights; it lives as long as the driver.</summary>
    IApiClient Administrator { get; }

    /// <summary>By which the simulator's node is told from other nodes; the provider gives them to it.</summary>
    IReadOnlyDictionary<string, string> NodeLabels => new Dictionary<string, string>();

    /// <summary>Sets up the provider's namespace, service account and base role, and returns a kubeconfig with that identity and no other.</summary>
    Task<string> AdmitProviderAsync(CancellationToken cancellationToken);

    /// <summary>Waits until a virtual node is Ready and takes pods, and returns its name.</summary>
    Task<string> WaitForNodeAsync(CancellationToken cancellationToken);

    /// <summary>Called while the provider still runs, before all is taken down: ends the node's pods where the cluster outlives the simulator.</summary>
    Task RetireNodeAsync() => Task.CompletedTask;
}
