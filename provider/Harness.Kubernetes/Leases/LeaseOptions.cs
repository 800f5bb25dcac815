using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Kubernetes.Leases;

/// <summary>Which lease, whose, and how often it is renewed. The defaults are those of a kubelet's node lease.</summary>
public sealed record LeaseOptions
{
    public string Namespace { get; init; } = "kube-node-lease";

    public required string Name { get; init; }

    public required string HolderIdentity { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(40);

    public TimeSpan RenewInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The object with which the lease ends (the Node), once it is known.</summary>
    public Func<OwnerReference?> Owner { get; init; } = static () => null;
}
