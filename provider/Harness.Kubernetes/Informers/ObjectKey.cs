namespace Harness.Kubernetes.Informers;

/// <summary>Which object: namespace and name find it, the UID tells it from one that had the name before. The namespace may be empty.</summary>
public readonly record struct ObjectKey(string Namespace, string Name, string Uid)
{
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}
