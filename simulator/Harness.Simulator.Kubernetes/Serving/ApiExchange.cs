using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.Kubernetes.Reading;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;
using Harness.Simulator.Kubernetes.Tables;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>
/// One request to a resource and its answer: what is asked for, by whom, and the ways of answering. Used by the one task that serves the request.
/// </summary>
internal sealed class ApiExchange(HttpContext http, ApiPath path, ApiResource resource, UserIdentity user, TimeProvider time)
{
    private const int MostUnchunkedBytes = 2048;

    public HttpContext Http => http;

    public HttpRequest Request => http.Request;

    public ApiPath Path => path;

    /// <summary>The resource that the path names.</summary>
    public ApiResource Resource => resource;

    /// <summary>The resource under which its objects are stored.</summary>
    public ApiResource Stored => resource.StoredAs ?? resource;

    public UserIdentity User => user;

    public ObjectKey Key => new(path.Namespace, path.Name);

    /// <summary>The namespace of a list or watch; null for all.</summary>
    public string? ListNamespace => path.Namespace.Length == 0 ? null : path.Namespace;

    public CancellationToken Aborted => http.RequestAborted;

    public DateTimeOffset Now => time.GetUtcNow();

    public Operations.WriteContext Context(RequestOptions options) => new(user, options.DryRun, Warn);

    public void Warn(string text) => http.Response.Headers.Append("Warning", $"299 - {GoText.Quote(text)}");

    public Negotiation Negotiate() => Negotiation.Of(Request, resource.Descriptor is not null);

    public IncludeObject Include() => Request.Query["includeObject"].ToString() switch
    {
        "None" => IncludeObject.None,
        "Object" => IncludeObject.Object,
        "" or "Metadata" => IncludeObject.Metadata,
        var other => throw ApiErrors.BadRequest(
            $"Unable to convert to Table as requested: includeObject: Invalid value: {GoText.Quote(other)}: must be 'Metadata', 'Object', 'None', or empty"),
    };

    public Task AnswerAsync(StoredObject stored, int code = 200)
    {
        Negotiation negotiation = Negotiate();
        byte[] body = negotiation.Form switch
        {
            ObjectForm.Table => ObjectEncoder.OfDocument(
                TablePrinter.Print(resource.GroupVersion, resource.Kind, [ObjectEncoder.Document(resource, stored)], null, Include(), Now), negotiation),
            ObjectForm.Partial => ObjectEncoder.OfMessage(ObjectEncoder.Partial(stored), negotiation),
            _ when negotiation.Media == MediaType.Protobuf => ObjectEncoder.Protobuf(resource, stored).ToArray(),
            _ => ObjectEncoder.OfJson(ObjectEncoder.Json(resource, stored), negotiation),
        };
        return SendAsync(http, code, negotiation.ContentType, body);
    }

    public Task AnswerAsync(ListPage page)
    {
        Negotiation negotiation = Negotiate();
        string accept = Request.Headers.Accept.ToString();
        if (negotiation.Form == ObjectForm.Partial && !accept.Contains("as=PartialObjectMetadataList", StringComparison.Ordinal))
        {
            string package = resource.Group.Length == 0 ? "core" : resource.Group.Split('.')[0];
            throw ApiErrors.Of(406, "NotAcceptable", $"you requested PartialObjectMetadata, but the requested object is a list (*{package}.{resource.ListKind})");
        }

        return SendAsync(http, 200, negotiation.ContentType, ListEncoder.Write(resource, page, negotiation, Include(), Now));
    }

    /// <summary>Answers with a message that is a kind of its own: a Scale, a review.</summary>
    public Task AnswerAsync(IMessage message, int code = 200)
    {
        Negotiation negotiation = Negotiation.Of(Request, hasProtobuf: true);
        if (negotiation.Form == ObjectForm.Table)
        {
            var document = Harness.Kubernetes.Objects.Json.KubernetesJson.ToDocument(message);
            var table = TablePrinter.Print(document["apiVersion"]!.GetValue<string>(), document["kind"]!.GetValue<string>(), [document], null, Include(), Now);
            return SendAsync(http, code, negotiation.ContentType, ObjectEncoder.OfDocument(table, negotiation));
        }

        return SendAsync(http, code, negotiation.ContentType, ObjectEncoder.OfMessage(message, negotiation));
    }

    public static Task SendErrorAsync(HttpContext context, Status status)
    {
        Negotiation negotiation = Negotiation.OfError(context.Request);
        if (status.Details is { HasRetryAfterSeconds: true } details)
        {
            context.Response.Headers.RetryAfter = details.RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return SendAsync(context, status.Code, negotiation.ContentType, ObjectEncoder.OfMessage(status, negotiation));
    }

    public static async Task SendAsync(HttpContext context, int code, string contentType, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = contentType;
        if (body.Length <= MostUnchunkedBytes)
        {
            context.Response.ContentLength = body.Length;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
        }
    }
}
