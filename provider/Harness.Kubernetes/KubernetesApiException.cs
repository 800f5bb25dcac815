using System.Net;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Kubernetes;

/// <summary>
/// A call that the API server refused, or that got no answer (<see cref="StatusCode"/> is null then). Carries what the server's Status
/// object said.
/// </summary>
public sealed class KubernetesApiException : Exception
{
    public KubernetesApiException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Reason = "";
        StatusMessage = "";
    }

    public KubernetesApiException(string request, HttpStatusCode statusCode, Status? status, string statusMessage, TimeSpan? retryAfter)
        : base($"{request}: {(int)statusCode} {status?.Reason}: {statusMessage}")
    {
        StatusCode = statusCode;
        Status = status;
        Reason = status?.Reason ?? "";
        StatusMessage = statusMessage;
        RetryAfter = retryAfter;
    }

    /// <summary>Null when there was no answer: whether a write was done is not known then.</summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>The server's own object, where it sent one.</summary>
    public Status? Status { get; }

    /// <summary>Machine-readable, such as <c>NotFound</c>; empty where the server gave none.</summary>
    public string Reason { get; }

    /// <summary>The server's sentence alone, without the request in front.</summary>
    public string StatusMessage { get; }

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; }

    public bool IsNotFound => StatusCode == HttpStatusCode.NotFound;

    public bool IsAlreadyExists => StatusCode == HttpStatusCode.Conflict && Reason == "AlreadyExists";

    /// <summary>Someone else wrote in between: read again and decide anew.</summary>
    public bool IsConflict => StatusCode == HttpStatusCode.Conflict && Reason != "AlreadyExists";

    /// <summary>The resourceVersion or continue token is too old: list again.</summary>
    public bool IsGone => StatusCode == HttpStatusCode.Gone;

    /// <summary>Whether a write may have been done although the call failed.</summary>
    public bool IsOutcomeUnknown => StatusCode is null or >= HttpStatusCode.InternalServerError;

    /// <summary>Whether the same call may succeed later, unchanged.</summary>
    public bool IsTransient => StatusCode is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        or >= HttpStatusCode.InternalServerError;
}
