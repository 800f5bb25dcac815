namespace Harness.Kubernetes.Informers;

/// <summary>What became of an object in an informer's cache.</summary>
public enum ObjectChangeType
{
    Added,
    Updated,
    Deleted,
}
