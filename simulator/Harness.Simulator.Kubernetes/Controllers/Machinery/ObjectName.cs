using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Simulator.Kubernetes.Controllers.Machinery;

/// <summary>An object's namespace (empty for a cluster-scoped one) and name: the key that a controller works by.</summary>
public readonly record struct ObjectName(string Namespace, string Name)
{
    public static ObjectName Of(ObjectMeta metadata) => new(metadata.Namespace, metadata.Name);

    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}
