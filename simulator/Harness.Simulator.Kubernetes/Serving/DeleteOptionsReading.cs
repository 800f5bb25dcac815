using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Operations;
using Microsoft.AspNetCore.Http;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>Reads how something is to be deleted, from the body or, without one, from the query.</summary>
internal static class DeleteOptionsReading
{
    public static async Task<DeleteOptions> ReadAsync(ApiExchange exchange)
    {
        HttpRequest request = exchange.Request;
        RequestBody body = await RequestBody.ReadAsync(request, exchange.Aborted);
        if (body.Bytes.Length > 0)
        {
            return BodyDecoder.Options(body);
        }

        var options = new DeleteOptions();
        if (RequestOptions.Number(request, "gracePeriodSeconds") is { } seconds)
        {
            options.GracePeriodSeconds = seconds;
        }

        if (request.Query["propagationPolicy"].ToString() is { Length: > 0 } policy)
        {
            options.PropagationPolicy = policy;
        }

        if (RequestOptions.Flag(request, "orphanDependents") is { } orphan)
        {
            options.OrphanDependents = orphan;
        }

        return options;
    }

    public static RequestOptions Options(ApiExchange exchange, DeleteOptions sent)
    {
        RequestOptions options = RequestOptions.Parse(exchange.Request, "DeleteOptions");
        return options with { DryRun = options.DryRun || sent.DryRun.Contains("All") };
    }

    public static DeleteRequest Request(ApiExchange exchange, DeleteOptions sent)
    {
        DeleteRequest request = Request(sent);
        if (exchange.Resource.QualifiedPlural is not ("jobs.batch" or "replicationcontrollers") || request.PropagationPolicy is not null)
        {
            return request;
        }

        if (exchange.Resource.Kind == "Job")
        {
            exchange.Warn("child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them "
                + "or set propagationPolicy=Orphan to suppress this warning");
        }

        return request with { PropagationPolicy = "Orphan" };
    }

    public static DeleteRequest Request(DeleteOptions sent)
    {
        if (sent.HasPropagationPolicy && sent.HasOrphanDependents)
        {
            throw Invalid(FieldError.InvalidString("propagationPolicy", sent.PropagationPolicy, "orphanDependents and deletionPropagation cannot be both set"));
        }

        if (sent.HasPropagationPolicy && sent.PropagationPolicy is not ("Foreground" or "Background" or "Orphan"))
        {
            throw Invalid(FieldError.NotSupported("propagationPolicy", sent.PropagationPolicy, "Foreground", "Background", "Orphan", "nil"));
        }

        string? policy = sent.HasPropagationPolicy ? sent.PropagationPolicy
            : sent.HasOrphanDependents ? sent.OrphanDependents ? "Orphan" : "Background"
            : null;
        return new DeleteRequest(
            sent.HasGracePeriodSeconds ? sent.GracePeriodSeconds : null,
            policy,
            sent.Preconditions is { HasUid: true } byUid ? byUid.Uid : null,
            sent.Preconditions is { HasResourceVersion: true } byVersion ? byVersion.ResourceVersion : null);
    }

    private static ApiStatusException Invalid(FieldError error) => ApiErrors.Invalid("DeleteOptions", "meta.k8s.io", "", [error]);
}
