using Microsoft.AspNetCore.Http;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>The Kubernetes verb of a request to a resource.</summary>
internal static class RequestVerb
{
    /// <summary>The verb; one that no resource offers where the method does not fit the path.</summary>
    public static string Of(HttpRequest request, ApiPath path) => request.Method switch
    {
        "GET" when path.Name.Length > 0 => "get",
        "GET" => RequestOptions.Flag(request, "watch") == true ? "watch" : "list",
        "POST" when path.Name.Length == 0 || path.Subresource.Length > 0 => "create",
        "PUT" when path.Name.Length > 0 => "update",
        "PATCH" when path.Name.Length > 0 => "patch",
        "DELETE" => path.Name.Length > 0 ? "delete" : "deletecollection",
        var method => $"{method} without a name",
    };
}
