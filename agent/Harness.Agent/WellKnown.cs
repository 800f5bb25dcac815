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

    /// <summary>The service whose health is told under its own name.</summary>
    public const string LifecycleService = "vkvmagent.v0.ApplicationLifecycle";
}
