using System.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>
/// Receives the methods of a service and maps an endpoint for each, whose handler is the method of that name on
/// <typeparamref name="TService"/>. Used by one thread, at start-up.
/// </summary>
internal sealed class ServiceMethodBinder<TService>(IEndpointRouteBuilder routes, ServerServices services) : ServiceBinderBase
    where TService : class
{
    private readonly GrpcServiceOptions _options = services.OptionsOf<TService>();
    private readonly ServiceActivation<TService> _activation = new();

    public List<IEndpointConventionBuilder> Endpoints { get; } = [];

    public HashSet<string> ServiceNames { get; } = new(StringComparer.Ordinal);

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var target = Find(method, typeof(TRequest), typeof(ServerCallContext));
        var invoke = target.CreateDelegate<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>();
        Map(method, target, async (service, call) =>
        {
            var request = await call.Requests.ReadSingleAsync(method.RequestMarshaller.ContextualDeserializer, call.CancellationToken);
            call.Responses.WriteSingle(method.ResponseMarshaller, await invoke(service, request, call));
        });
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var target = Find(method, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
        var invoke = target.CreateDelegate<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>();
        Map(method, target, async (service, call) =>
        {
            var requests = new RequestStreamReader<TRequest>(call, method.RequestMarshaller);
            call.Responses.WriteSingle(method.ResponseMarshaller, await invoke(service, requests, call));
        });
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var target = Find(method, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var invoke = target.CreateDelegate<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        Map(method, target, async (service, call) =>
        {
            var request = await call.Requests.ReadSingleAsync(method.RequestMarshaller.ContextualDeserializer, call.CancellationToken);
            await invoke(service, request, new ResponseStreamWriter<TResponse>(call, method.ResponseMarshaller), call);
        });
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var target = Find(
            method, typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var invoke = target.CreateDelegate<
            Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        Map(method, target, (service, call) => invoke(
            service,
            new RequestStreamReader<TRequest>(call, method.RequestMarshaller),
            new ResponseStreamWriter<TResponse>(call, method.ResponseMarshaller),
            call));
    }

    private static MethodInfo Find(IMethod method, params Type[] parameters) =>
        typeof(TService).GetMethod(method.Name, BindingFlags.Public | BindingFlags.Instance, parameters)
        ?? throw new InvalidOperationException($"{typeof(TService)} has no public method for {method.FullName}.");

    private void Map(IMethod method, MethodInfo target, Func<TService, ServerCall, Task> invoke)
    {
        var endpoint = new MethodEndpoint(method, services, _options, async call =>
        {
            var (service, isOwned) = _activation.Activate(call.HttpContext.RequestServices);
            try
            {
                await invoke(service, call);
            }
            finally
            {
                await ServiceActivation<TService>.ReleaseAsync(service, isOwned);
            }
        });
        ServiceNames.Add(method.ServiceName);
        Endpoints.Add(routes
            .MapMethods(method.FullName, [HttpMethods.Post], (RequestDelegate)endpoint.HandleAsync)
            .WithDisplayName($"gRPC - {method.FullName}")
            .WithMetadata([method, .. typeof(TService).GetCustomAttributes(inherit: true), .. target.GetCustomAttributes(inherit: true)]));
    }
}
