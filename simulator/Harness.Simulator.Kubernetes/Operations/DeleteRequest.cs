namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>How a client wants an object deleted; nulls are the server's defaults.</summary>
internal sealed record DeleteRequest(
    long? GracePeriodSeconds = null,
    string? PropagationPolicy = null,
    string? Uid = null,
    string? ResourceVersion = null);
