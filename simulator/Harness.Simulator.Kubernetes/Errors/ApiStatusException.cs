using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Simulator.Kubernetes.Errors;

/// <summary>
/// A request that the API server refuses, with the Status it answers. Controllers get the same exception from their in-process client.
/// </summary>
public sealed class ApiStatusException(Status status) : Exception(status.Message)
{
    /// <summary>What the client is told.</summary>
    public Status Status { get; } = status;

    /// <summary>HTTP status code.</summary>
    public int Code => Status.Code;

    /// <summary>Machine-readable reason such as <c>NotFound</c>; empty when there is none.</summary>
    public string Reason => Status.Reason;

    /// <summary>The object is not there.</summary>
    public bool IsNotFound => Reason == "NotFound";

    /// <summary>The object has changed since it was read.</summary>
    public bool IsConflict => Reason == "Conflict";

    /// <summary>An object of that name is there already.</summary>
    public bool IsAlreadyExists => Reason == "AlreadyExists";

    /// <summary>The revision is too old to be watched or listed; list again.</summary>
    public bool IsExpired => Code == 410;
}
