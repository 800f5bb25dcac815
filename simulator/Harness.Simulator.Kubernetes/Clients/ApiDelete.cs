namespace Harness.Simulator.Kubernetes.Clients;

/// <summary>How an object is to be deleted. Everything left out is the server's default.</summary>
public sealed record ApiDelete(
    long? GracePeriodSeconds = null,
    string? PropagationPolicy = null,
    string? PreconditionUid = null,
    string? PreconditionResourceVersion = null);
