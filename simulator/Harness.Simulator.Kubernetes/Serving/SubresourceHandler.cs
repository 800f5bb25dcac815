using Harness.Kubernetes.Objects.Autoscaling.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Policy.V1;
using Harness.Simulator.Kubernetes.Auditing;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Kubelet;
using Harness.Simulator.Kubernetes.Operations;
using Harness.Simulator.Kubernetes.Patching;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>
/// Serves subresources. One that this server leaves out says so by name (501); one that does not exist is not found, as in a real API server.
/// Safe for any thread.
/// </summary>
internal sealed class SubresourceHandler(ApiOperations operations, Auditor auditor, ResourceHandler resources, PodLogProxy logs, TokenHandler tokens)
{
    public Task HandleAsync(ApiExchange exchange, string verb) => (exchange.Path.Subresource, verb) switch
    {
        ("status" or "approval", "get") => resources.GetAsync(exchange),
        ("status" or "approval", "update") => resources.UpdateAsync(exchange, WritePart.Status),
        ("status" or "approval", "patch") => resources.PatchAsync(exchange, WritePart.Status),
        ("scale", "get") => exchange.AnswerAsync(operations.Scaler.Get(exchange.Stored, exchange.Key)),
        ("scale", "update") => UpdateScaleAsync(exchange),
        ("scale", "patch") => PatchScaleAsync(exchange),
        ("binding", "create") => BindAsync(exchange, exchange.Path.Name),
        ("eviction", "create") => EvictAsync(exchange),
        ("log", "get") => logs.HandleAsync(exchange),
        ("token", "create") => tokens.CreateAsync(exchange),
        ("finalize", "update") => FinalizeAsync(exchange),
        _ => throw ApiErrors.NotImplemented($"{verb} of {exchange.Resource.QualifiedPlural}/{exchange.Path.Subresource}"),
    };

    /// <summary>Binds a pod; the older form of the request names it in the body only.</summary>
    public async Task BindAsync(ApiExchange exchange, string podName)
    {
        RequestOptions options = RequestOptions.Parse(exchange.Request, "CreateOptions");
        var binding = BodyDecoder.Message<Binding>(await RequestBody.ReadAsync(exchange.Request, exchange.Aborted), "Binding");
        string name = podName.Length > 0 ? podName : binding.Metadata?.Name ?? "";
        Harness.Simulator.Kubernetes.Resources.ApiResource pods = operations.Registry.For<Pod>();
        auditor.Run(exchange.User, "create", pods, "binding", new ObjectKey(exchange.Path.Namespace, name), 201,
            () => operations.Binder.Bind(exchange.Context(options), exchange.Path.Namespace, name, binding), stored => stored);
        await exchange.AnswerAsync(Created(), 201);
    }

    private async Task EvictAsync(ApiExchange exchange)
    {
        var eviction = BodyDecoder.Message<Eviction>(await RequestBody.ReadAsync(exchange.Request, exchange.Aborted), "Eviction");
        if (eviction.Metadata is { Name.Length: > 0 } metadata && metadata.Name != exchange.Path.Name)
        {
            throw ApiErrors.BadRequest("name in URL does not match name in Eviction object");
        }

        DeleteOptions sent = eviction.DeleteOptions ?? new DeleteOptions();
        RequestOptions options = DeleteOptionsReading.Options(exchange, sent);
        auditor.Run(exchange.User, "create", exchange.Stored, "eviction", exchange.Key, 201,
            () => operations.Evictor.Evict(exchange.Context(options), exchange.Path.Namespace, exchange.Path.Name, DeleteOptionsReading.Request(sent)),
            result => result.Object);
        await exchange.AnswerAsync(Created(), 201);
    }

    private async Task UpdateScaleAsync(ApiExchange exchange)
    {
        RequestOptions options = RequestOptions.Parse(exchange.Request, "UpdateOptions");
        var wanted = BodyDecoder.Message<Scale>(await RequestBody.ReadAsync(exchange.Request, exchange.Aborted), "Scale");
        await WriteScaleAsync(exchange, options, "update", _ => wanted);
    }

    private async Task PatchScaleAsync(ApiExchange exchange)
    {
        RequestOptions options = RequestOptions.Parse(exchange.Request, "PatchOptions");
        PatchRequest request = await ResourceHandler.PatchOfAsync(exchange, options);
        await WriteScaleAsync(exchange, options, "patch", present =>
        {
            var patched = ObjectPatch.Apply(request.Type, KubernetesJson.ToDocument(present), request.Body, Scale.Descriptor);
            return patched.IsApplied
                ? KubernetesJson.Read<Scale>(patched.Document)
                : throw ApiErrors.Of(patched.Failure.Code, patched.Failure.Reason ?? "", patched.Failure.Message);
        });
    }

    private Task WriteScaleAsync(ApiExchange exchange, RequestOptions options, string verb, Func<Scale, Scale> next)
    {
        Scale written = auditor.Run(exchange.User, verb, exchange.Stored, "scale", exchange.Key, 200,
            () => operations.Scaler.Update(exchange.Context(options), exchange.Stored, exchange.Key, next),
            _ => operations.Store.Find(exchange.Stored, exchange.Key));
        return exchange.AnswerAsync(written);
    }

    private async Task FinalizeAsync(ApiExchange exchange)
    {
        RequestOptions options = RequestOptions.Parse(exchange.Request, "UpdateOptions");
        var wanted = BodyDecoder.Message<Namespace>(await RequestBody.ReadAsync(exchange.Request, exchange.Aborted), "Namespace");
        StoredObject written = auditor.Run(exchange.User, "update", exchange.Stored, "finalize", exchange.Key, 200,
            () => operations.Finalizer.Set(exchange.Context(options), exchange.Path.Name, wanted.Spec?.Finalizers ?? []), stored => stored);
        await exchange.AnswerAsync(written);
    }

    private static Status Created() => new() { Metadata = new ListMeta(), Status_ = "Success", Code = 201 };
}
