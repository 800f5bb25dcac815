using System.Security.Cryptography.X509Certificates;
using Harness.Simulator.Kubernetes.Authorization;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.Kubernetes.Resources;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>
/// Tells who makes a request: by bearer token, by client certificate, or nobody in particular; and as whom, when they may impersonate.
/// Safe for any thread.
/// </summary>
internal sealed class Authenticator(ClusterCertificates certificates, TokenBook tokens, RbacAuthorizer authorizer, ResourceRegistry registry)
{
    private static readonly object _identityKey = new();

    public UserIdentity Identify(HttpContext http)
    {
        UserIdentity user = Sender(http);
        string impersonated = http.Request.Headers["Impersonate-User"].ToString();
        if (impersonated.Length == 0)
        {
            return http.Request.Headers.ContainsKey("Impersonate-Group")
                ? throw ApiErrors.Internal("groups are to be impersonated without a user: Impersonate-User is missing")
                : user;
        }

        if (!authorizer.IsAllowed(user, new AccessRequest("impersonate", Resource: "users", Name: impersonated)))
        {
            throw Refusals.Denied(registry, user, new AccessRequest("impersonate", Resource: "users", Name: impersonated));
        }

        IEnumerable<string> groups = http.Request.Headers["Impersonate-Group"].Where(group => group is not null).Select(group => group!);
        return new UserIdentity(impersonated, [.. groups, UserIdentity.Authenticated]);
    }

    private UserIdentity Sender(HttpContext http)
    {
        string authorization = http.Request.Headers.Authorization.ToString();
        if (authorization.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            return tokens.Find(authorization["Bearer ".Length..].Trim()) ?? throw ApiErrors.Unauthorized();
        }

        return http.Connection.ClientCertificate is { } certificate ? OfConnection(http, certificate) : UserIdentity.Anonymous;
    }

    /// <summary>A connection's certificate is looked at once; the connection keeps whose it is.</summary>
    private UserIdentity OfConnection(HttpContext http, X509Certificate2 certificate)
    {
        IDictionary<object, object?>? items = http.Features.Get<IConnectionItemsFeature>()?.Items;
        if (items is not null && items.TryGetValue(_identityKey, out object? known) && known is UserIdentity identity)
        {
            return identity;
        }

        UserIdentity user = certificates.Identify(certificate) ?? throw ApiErrors.Unauthorized();
        if (items is not null)
        {
            items[_identityKey] = user;
        }

        return user;
    }
}
