using System.Buffers;
using System.Net;
using System.Text;
using Harness.Kubernetes.Objects;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Kubernetes.Wire;

/// <summary>Makes exceptions of what a server answers instead of the object: a Status in either format, or plain text. Pure.</summary>
internal static class ApiErrors
{
    private const int MaxTextLength = 500;

    public static KubernetesApiException FromStatus(string request, Status status) =>
        new(request, (HttpStatusCode)status.Code, status, status.Message, RetryAfter(status));

    public static KubernetesApiException FromResponse(string request, HttpStatusCode code, string? mediaType, ReadOnlyMemory<byte> body, TimeSpan? retryAfter)
    {
        if (TryReadStatus(mediaType, body) is { } status)
        {
            return new KubernetesApiException(request, code, status, status.Message, RetryAfter(status) ?? retryAfter);
        }

        var text = Encoding.UTF8.GetString(body.Span).Trim();
        var shown = text.Length > MaxTextLength ? text[..MaxTextLength] + "…" : text;
        return new KubernetesApiException(request, code, null, shown, retryAfter);
    }

    private static Status? TryReadStatus(string? mediaType, ReadOnlyMemory<byte> body)
    {
        var isProtobuf = MediaTypes.IsProtobuf(mediaType);
        if (!isProtobuf && !MediaTypes.IsJson(mediaType))
        {
            return null;
        }

        try
        {
            var opened = ObjectBody.Open(new ReadOnlySequence<byte>(body), isProtobuf);
            return opened.Kind == "Status" ? opened.ReadStatus() : null;
        }
        catch (KubernetesFormatException)
        {
            return null;
        }
    }

    private static TimeSpan? RetryAfter(Status status) =>
        status.Details is { HasRetryAfterSeconds: true, RetryAfterSeconds: > 0 } details ? TimeSpan.FromSeconds(details.RetryAfterSeconds) : null;
}
