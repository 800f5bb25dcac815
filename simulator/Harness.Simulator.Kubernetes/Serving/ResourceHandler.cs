using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Auditing;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Operations;
using Harness.Simulator.Kubernetes.Patching;
using Harness.Simulator.Kubernetes.Reading;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>
/// Serves the verbs of resources themselves, and of the subresources that read and write the same object (status, resize and the like).
/// Safe for any thread.
/// </summary>
internal sealed class ResourceHandler(ApiOperations operations, Auditor auditor, WatchHandler watches)
{
    public Task HandleAsync(ApiExchange exchange, string verb) => verb switch
    {
        "get" => GetAsync(exchange),
        "list" => ListAsync(exchange),
        "watch" => watches.HandleAsync(exchange, ReadOptions.Selection(exchange.Request, exchange.Resource, exchange.ListNamespace)),
        "create" => CreateAsync(exchange),
        "update" => UpdateAsync(exchange, WritePart.Object),
        "patch" => PatchAsync(exchange, WritePart.Object),
        "delete" => DeleteAsync(exchange),
        "deletecollection" => DeleteCollectionAsync(exchange),
        _ => throw ApiErrors.MethodNotAllowed(),
    };

    public async Task GetAsync(ApiExchange exchange)
    {
        string version = exchange.Request.Query["resourceVersion"].ToString();
        await exchange.AnswerAsync(await operations.Reader.GetAsync(exchange.Stored, exchange.Key, version, exchange.Aborted));
    }

    public async Task UpdateAsync(ApiExchange exchange, WritePart part)
    {
        RequestOptions options = RequestOptions.Parse(exchange.Request, "UpdateOptions");
        ApiObject draft = await ReadAsync(exchange, options);
        bool existed = operations.Store.Find(exchange.Stored, exchange.Key) is not null;
        StoredObject written = Audited(exchange, options, "update", 200, () =>
            operations.Writer.Update(exchange.Context(options), exchange.Stored, exchange.Key, part, _ => draft.Clone()));
        await exchange.AnswerAsync(written, existed ? 200 : 201);
    }

    public async Task PatchAsync(ApiExchange exchange, WritePart part)
    {
        RequestOptions options = RequestOptions.Parse(exchange.Request, "PatchOptions");
        PatchRequest request = await PatchOfAsync(exchange, options);
        StoredObject written = Audited(exchange, options, "patch", 200, () =>
            operations.Patcher.Patch(exchange.Context(options), exchange.Resource, exchange.Key, part, request));
        await exchange.AnswerAsync(written);
    }

    /// <summary>The patch of a request's body.</summary>
    public static async Task<PatchRequest> PatchOfAsync(ApiExchange exchange, RequestOptions options)
    {
        string contentType = exchange.Request.ContentType?.Split(';')[0].Trim() ?? "";
        PatchType type = contentType switch
        {
            "application/json-patch+json" => PatchType.Json,
            "application/merge-patch+json" => PatchType.Merge,
            "application/strategic-merge-patch+json" when exchange.Resource.Descriptor is not null => PatchType.Strategic,
            "application/strategic-merge-patch+json" => throw ApiErrors.UnsupportedMediaType("the body of the request was in an unknown format - accepted media types "
                + "include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"),
            "application/apply-patch+yaml" or "application/apply-patch+cbor" => throw ApiErrors.NotImplemented("server-side apply; use client-side apply"),
            _ => throw ApiErrors.Of(415, "UnsupportedMediaType", "415: Unsupported Media Type", new StatusDetails()),
        };
        return new PatchRequest(type, await RequestBody.BytesAsync(exchange.Request, exchange.Aborted), options.Validation);
    }

    private async Task ListAsync(ApiExchange exchange)
    {
        ObjectSelection selection = ReadOptions.Selection(exchange.Request, exchange.Resource, exchange.ListNamespace);
        exchange.Negotiate();
        await exchange.AnswerAsync(await operations.Reader.ListAsync(exchange.Stored, ReadOptions.List(exchange.Request, selection), exchange.Aborted));
    }

    private async Task CreateAsync(ApiExchange exchange)
    {
        RequestOptions options = RequestOptions.Parse(exchange.Request, "CreateOptions");
        ApiObject draft = await ReadAsync(exchange, options);
        StoredObject created = Audited(exchange, options, "create", 201, () =>
            operations.Writer.Create(exchange.Context(options), exchange.Stored, exchange.Path.Namespace, draft));
        await exchange.AnswerAsync(created, 201);
    }

    private async Task DeleteAsync(ApiExchange exchange)
    {
        DeleteOptions sent = await DeleteOptionsReading.ReadAsync(exchange);
        RequestOptions options = DeleteOptionsReading.Options(exchange, sent);
        DeleteRequest request = DeleteOptionsReading.Request(exchange, sent);
        DeleteResult result = options.DryRun
            ? operations.Deleter.Delete(exchange.Context(options), exchange.Stored, exchange.Key, request)
            : auditor.Run(exchange.User, "delete", exchange.Stored, "", exchange.Key, 200,
                () => operations.Deleter.Delete(exchange.Context(options), exchange.Stored, exchange.Key, request), result => result.Object);
        if (result.AnswersObject)
        {
            await exchange.AnswerAsync(result.Object);
            return;
        }

        StatusDetails details = ApiErrors.Details(exchange.Resource, exchange.Path.Name);
        details.Uid = result.Object.Metadata.Uid;
        await exchange.AnswerAsync(new Status { Metadata = new ListMeta(), Status_ = "Success", Details = details });
    }

    private async Task DeleteCollectionAsync(ApiExchange exchange)
    {
        ObjectSelection selection = ReadOptions.Selection(exchange.Request, exchange.Resource, exchange.ListNamespace);
        DeleteOptions sent = await DeleteOptionsReading.ReadAsync(exchange);
        RequestOptions options = DeleteOptionsReading.Options(exchange, sent);
        DeleteRequest request = DeleteOptionsReading.Request(exchange, sent);
        ListPage page = await operations.Reader.ListAsync(exchange.Stored, ReadOptions.List(exchange.Request, selection), exchange.Aborted);
        foreach (StoredObject stored in page.Items)
        {
            try
            {
                auditor.Run(exchange.User, "deletecollection", exchange.Stored, "", stored.Key, 200,
                    () => operations.Deleter.Delete(exchange.Context(options), exchange.Stored, stored.Key, request), result => result.Object);
            }
            catch (ApiStatusException gone) when (gone.IsNotFound)
            {
                // Someone else was faster; gone is what was asked for.
            }
        }

        await exchange.AnswerAsync(page);
    }

    private async Task<ApiObject> ReadAsync(ApiExchange exchange, RequestOptions options)
    {
        RequestBody body = await RequestBody.ReadAsync(exchange.Request, exchange.Aborted);
        ApiObject value = BodyDecoder.Object(exchange.Resource, operations.Registry, body, options.Validation, exchange.Warn);
        return EventForms.ToStored(exchange.Resource, value);
    }

    private StoredObject Audited(ApiExchange exchange, RequestOptions options, string verb, int code, Func<StoredObject> write) => options.DryRun
        ? write()
        : auditor.Run(exchange.User, verb, exchange.Stored, exchange.Path.Subresource, exchange.Key, code, write, stored => stored);
}
