namespace Harness.Simulator.Clusters;

/// <summary>Which Kubernetes cluster a simulator's virtual node joins: the argument of <c>--cluster</c> with what belongs to it. A value.</summary>
public abstract record ClusterChoice
{
    private ClusterChoice()
    {
    }

    /// <summary>The API server inside the simulator.</summary>
    public sealed record Embedded : ClusterChoice;

    /// <summary>etcd, kube-apiserver, kube-controller-manager and kube-scheduler of this machine.</summary>
    /// <param name="Folder">Where the programs are looked for first; null: PATH, KUBEBUILDER_ASSETS and where scripts/control-plane.sh puts them.</param>
    public sealed record Processes(string? Folder = null) : ClusterChoice;

    /// <summary>A cluster that stands already.</summary>
    /// <param name="Kubeconfig">The file; null: the first one in KUBECONFIG, or ~/.kube/config.</param>
    /// <param name="Context">The context in it; null: the current one.</param>
    public sealed record Foreign(string? Kubeconfig = null, string? Context = null) : ClusterChoice;
}
