namespace Harness.Provider.Lifecycle;

/// <summary>The phase of a pod as the Kubernetes API spells it; <see cref="None"/> stands for a phase never written.</summary>
internal enum PodPhase
{
    None,
    Pending,
    Running,
    Succeeded,
    Failed,
    Unknown,
}
