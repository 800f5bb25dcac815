using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>
/// Answers gRPC calls to what is not there with UNIMPLEMENTED: methods of mapped services, and services. Other HTTP
/// requests pass by.
/// </summary>
internal static class UnimplementedEndpoints
{
    private static readonly RouteValueDictionary OnlyGrpc = new() { ["method"] = new GrpcRequestConstraint() };

    public static void Map(IEndpointRouteBuilder routes, ServerServices services, IEnumerable<string> serviceNames)
    {
        foreach (var name in serviceNames)
        {
            Map(routes, services, $"{name}/{{method}}", path => $"The method {path} is not offered by its service.");
        }

        if (services.Options.IgnoreUnknownServices != true && services.TryClaimUnknownServices())
        {
            Map(routes, services, "{service}/{method}", path => $"The service of {path} is not offered here.");
        }
    }

    private static void Map(IEndpointRouteBuilder routes, ServerServices services, string pattern, Func<string, string> describe) =>
        routes
            .Map(RoutePatternFactory.Parse(pattern, defaults: null, parameterPolicies: OnlyGrpc), http =>
            {
                var method = new UnimplementedMethod(http.Request.Path.Value ?? "/");
                var status = new Status(StatusCode.Unimplemented, describe(method.FullName));
                var endpoint = new MethodEndpoint(method, services, services.Options, _ => throw new RpcException(status));
                return endpoint.HandleAsync(http);
            })
            .WithDisplayName($"gRPC - unimplemented {pattern}");

    private sealed class GrpcRequestConstraint : IRouteConstraint
    {
        public bool Match(
            HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            httpContext is not null && HttpMethods.IsPost(httpContext.Request.Method) && GrpcRequest.HasGrpcContentType(httpContext.Request);
    }
}
