namespace Harness.Agent.Applications;

/// <summary>One probe with Kubernetes' defaults filled in.</summary>
internal sealed record ProbeSpec(
    HandlerSpec Handler,
    TimeSpan InitialDelay,
    TimeSpan Period,
    TimeSpan Timeout,
    int SuccessThreshold,
    int FailureThreshold,
    TimeSpan? Grace);
