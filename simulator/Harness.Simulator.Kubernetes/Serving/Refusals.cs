using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Authorization;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>What those are told who may not do what they want to.</summary>
internal static class Refusals
{
    public static ApiStatusException Denied(ResourceRegistry registry, UserIdentity user, AccessRequest request)
    {
        if (request.Path.Length > 0)
        {
            return ApiErrors.Of(403, "Forbidden", $"forbidden: User {GoText.Quote(user.Name)} cannot {request.Verb} path {GoText.Quote(request.Path)}", new StatusDetails());
        }

        string plural = request.Resource.Split('/')[0];
        ApiResource named = registry.All.FirstOrDefault(one => one.Group == request.Group && one.Plural == plural) ?? new ApiResource
        {
            Group = request.Group,
            Version = "v1",
            Plural = plural,
            Singular = plural,
            Kind = plural,
            Namespaced = false,
            Verbs = [],
        };
        string where = request.Namespace.Length > 0 ? $"in the namespace {GoText.Quote(request.Namespace)}" : "at the cluster scope";
        return ApiErrors.Forbidden(named, request.Name,
            $"User {GoText.Quote(user.Name)} cannot {request.Verb} resource {GoText.Quote(request.Resource)} in API group {GoText.Quote(request.Group)} {where}");
    }
}
