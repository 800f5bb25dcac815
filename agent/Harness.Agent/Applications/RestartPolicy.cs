namespace Harness.Agent.Applications;

/// <summary>When a container that has ended is started again (Kubernetes' spec.restartPolicy).</summary>
internal enum RestartPolicy
{
    Always,
    OnFailure,
    Never,
}
