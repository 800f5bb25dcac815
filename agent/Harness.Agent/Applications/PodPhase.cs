namespace Harness.Agent.Applications;

/// <summary>The phase of the pod, named as in Kubernetes. Succeeded and Failed are final.</summary>
internal enum PodPhase
{
    Pending,
    Running,
    Succeeded,
    Failed,
}
