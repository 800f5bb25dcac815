using Harness.Simulator.Kubernetes.Authorization;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.Kubernetes.Resources;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>
/// Where every HTTP request comes in: who is it, may they, what is it about, who serves it; and where every refusal becomes a Status.
/// Safe for any thread.
/// </summary>
internal sealed partial class FrontDoor(
    ResourceRegistry registry, Authenticator authenticator, RbacAuthorizer authorizer, RequestHandlers handlers, TimeProvider time, ILogger<FrontDoor> logger)
{
    public async Task HandleAsync(HttpContext http)
    {
        http.Response.Headers["Audit-Id"] = handlers.Identifiers.NewUid();
        http.Response.Headers.CacheControl = "no-cache, private";
        try
        {
            await RouteAsync(http);
        }
        catch (ApiStatusException refusal)
        {
            await RefuseAsync(http, refusal);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has left; there is nobody to answer.
        }
        catch (Exception failure) when (failure is not BadHttpRequestException)
        {
            Log.Failed(logger, failure, http.Request.Method, http.Request.Path.Value ?? "");
            await RefuseAsync(http, ApiErrors.Internal(failure.Message));
        }
    }

    private static async Task RefuseAsync(HttpContext http, ApiStatusException refusal)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        await ApiExchange.SendErrorAsync(http, refusal.Status);
    }

    private async Task RouteAsync(HttpContext http)
    {
        UserIdentity user = authenticator.Identify(http);
        string path = http.Request.Path.Value ?? "/";
        ApiPath? parsed = ApiPath.Parse(path);
        if (parsed is null)
        {
            Authorize(http, user, new AccessRequest(NonResourceVerb(http.Request.Method), Path: path));
            if (!await handlers.Public.TryHandleAsync(http))
            {
                await NotFoundTextAsync(http);
            }

            return;
        }

        string verb = RequestVerb.Of(http.Request, parsed);
        Authorize(http, user, Access(http, parsed, verb));
        if (!registry.HasGroup(parsed.Group))
        {
            await NotFoundTextAsync(http);
            return;
        }

        ApiResource resource = registry.Find(parsed.Group, parsed.Version, parsed.Plural) ?? throw ApiErrors.UnknownResource();
        await DispatchAsync(new ApiExchange(http, parsed, resource, user, time), verb);
    }

    /// <summary>What is to be allowed: a namespace is in itself, and a selection of one name is about the object of that name.</summary>
    private static AccessRequest Access(HttpContext http, ApiPath path, string verb)
    {
        string resource = path.Subresource.Length == 0 ? path.Plural : $"{path.Plural}/{path.Subresource}";
        string inNamespace = path is { Group: "", Plural: "namespaces" } ? path.Name : path.Namespace;
        string name = verb is "list" or "watch" or "deletecollection" ? ReadOptions.SelectedName(http.Request) : path.Name;
        return new AccessRequest(verb, path.Group, resource, inNamespace, name);
    }

    private Task DispatchAsync(ApiExchange exchange, string verb)
    {
        ApiPath path = exchange.Path;
        if (!exchange.Resource.Namespaced && path.Namespace.Length > 0 || exchange.Resource.Namespaced && path.Namespace.Length == 0 && path.Name.Length > 0)
        {
            throw ApiErrors.UnknownResource();
        }

        if (!exchange.Resource.Stored && path is { Name.Length: > 0, Subresource.Length: 0 })
        {
            throw ApiErrors.UnknownResource();
        }

        if (exchange.Resource.Namespaced && path.Namespace.Length == 0 && verb is not ("list" or "watch"))
        {
            throw ApiErrors.MethodNotAllowed();
        }

        if (path.Subresource.Length > 0)
        {
            IReadOnlyList<string> verbs = (exchange.Resource.Subresource(path.Subresource) ?? throw ApiErrors.UnknownResource()).Verbs;
            return verbs.Contains(verb) ? handlers.Subresources.HandleAsync(exchange, verb) : throw ApiErrors.MethodNotAllowed();
        }

        if (!exchange.Resource.Offers(verb))
        {
            throw ApiErrors.MethodNotAllowed();
        }

        return exchange.Resource switch
        {
            { Kind: "Binding" } => handlers.Subresources.BindAsync(exchange, ""),
            { Stored: false } => handlers.Reviews.CreateAsync(exchange),
            _ => handlers.Resources.HandleAsync(exchange, verb),
        };
    }

    private void Authorize(HttpContext http, UserIdentity user, AccessRequest request)
    {
        if (!authorizer.IsAllowed(user, request))
        {
            http.Response.Headers.XContentTypeOptions = "nosniff";
            throw Refusals.Denied(registry, user, request);
        }
    }

    private static string NonResourceVerb(string method) => method switch
    {
        "POST" => "post",
        "PUT" => "put",
        "PATCH" => "patch",
        "DELETE" => "delete",
        _ => "get",
    };

    private static Task NotFoundTextAsync(HttpContext http)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return ApiExchange.SendAsync(http, 404, "text/plain; charset=utf-8", "404 page not found\n"u8.ToArray());
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed inside the API server")]
        public static partial void Failed(ILogger logger, Exception failure, string method, string path);
    }
}
