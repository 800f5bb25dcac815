namespace Harness.Agent;

/// <summary>Names that the agent shares with workloads and callers.</summary>
internal static class WellKnown
{
    public const string PodUid = "VKVM_POD_UID";
    public const string PodName = "VKVM_POD_NAME";
    public const string PodNamespace = "VKVM_POD_NAMESPACE";
    public const string ContainerName = "VKVM_CONTAINER_NAME";

    /// <summary>Request metadata of TerminateApplication: whole seconds that replace the grace period of the spec.</summary>
    public const string GracePeriodMetadata = "vkvm-grace-period-seconds";

    /// <summary>Annotation of a pod: preferred or required; more than the agent's own option, never less.</summary>
    public const string IsolationAnnotation = "vkvm-agent/isolation";

    /// <summary>The pod condition that is False when something of the isolation is not there; its message says what.</summary>
    public const string IsolationCondition = "vkvm-agent/Isolated";

    /// <summary>Where the container may leave its last words when its terminationMessagePath is not there.</summary>
    public const string TerminationMessagePath = "VKVM_TERMINATION_MESSAGE_PATH";

    /// <summary>The service whose health is told under its own name.</summary>
    public const string LifecycleService = "vkvmagent.v0.ApplicationLifecycle";
}
