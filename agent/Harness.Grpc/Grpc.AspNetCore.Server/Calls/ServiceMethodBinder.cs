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
internal sealed class ServiceMethodBinder<TService> : ServiceBinderBase
    where TService : class
{
    private readonly IEndpointRouteBuilder _routes;
    private readonly ServerServices _services;
    private readonly GrpcServiceOptions _options;
    private readonly InterceptorChain _interceptors;
    private readonly ServiceActivation<TService> _activation = new();

    public ServiceMethodBinder(IEndpointRouteBuilder routes, ServerServices services)
    {
        _routes = routes;
        _services = services;
        _options = services.OptionsOf<TService>();
        _interceptors = new InterceptorChain([.. _options.Interceptors]);
    }

    public bool IgnoresUnknownMethods => _options.IgnoreUnknownServices == true;

    public List<IEndpointConventionBuilder> Endpoints { get; } = [];

    public HashSet<string> ServiceNames { get; } = new(StringComparer.Ordinal);

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var target = Find(method, typeof(TRequest), typeof(ServerCallContext));
        var invoke = target.CreateDelegate<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>();
        Map(method, target, async (call, services) =>
        {
            var request = await call.Requests.ReadSingleAsync(method.RequestMarshaller.ContextualDeserializer, call.CancellationToken);
            var handle = _interceptors.Around<TRequest, TResponse>(
                (message, context) => _activation.RunAsync(services, service => invoke(service, message, context)), services);
            call.Responses.WriteSingle(method.ResponseMarshaller, await handle(request, call), call.WriteFlags);
        });
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var target = Find(method, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
        var invoke = target.CreateDelegate<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>();
        Map(method, target, async (call, services) =>
        {
            var requests = new RequestStreamReader<TRequest>(call, method.RequestMarshaller);
            var handle = _interceptors.Around<TRequest, TResponse>(
                (messages, context) => _activation.RunAsync(services, service => invoke(service, messages, context)), services);
            call.Responses.WriteSingle(method.ResponseMarshaller, await handle(requests, call), call.WriteFlags);
        });
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var target = Find(method, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var invoke = target.CreateDelegate<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        Map(method, target, async (call, services) =>
        {
            var request = await call.Requests.ReadSingleAsync(method.RequestMarshaller.ContextualDeserializer, call.CancellationToken);
            var handle = _interceptors.Around<TRequest, TResponse>(
                (message, responses, context) => _activation.RunAsync(services, service => invoke(service, message, responses, context)),
                services);
            await handle(request, new ResponseStreamWriter<TResponse>(call, method.ResponseMarshaller), call);
        });
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var target = Find(
            method, typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var invoke = target.CreateDelegate<
            Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        Map(method, target, (call, services) =>
        {
            var handle = _interceptors.Around<TRequest, TResponse>(
                (messages, responses, context) => _activation.RunAsync(services, service => invoke(service, messages, responses, context)),
                services);
            return handle(
                new RequestStreamReader<TRequest>(call, method.RequestMarshaller),
                new ResponseStreamWriter<TResponse>(call, method.ResponseMarshaller),
                call);
        });
    }

    private static MethodInfo Find(IMethod method, params Type[] parameters) =>
        typeof(TService).GetMethod(method.Name, BindingFlags.Public | BindingFlags.Instance, parameters)
        ?? throw new InvalidOperationException($"{typeof(TService)} has no public method for {method.FullName}.");

    private void Map(IMethod method, MethodInfo target, Func<ServerCall, IServiceProvider, Task> handle)
    {
        var endpoint = new MethodEndpoint(method, _services, _options, call => handle(call, call.HttpContext.RequestServices));
        ServiceNames.Add(method.ServiceName);
        Endpoints.Add(_routes
            .MapMethods(method.FullName, [HttpMethods.Post], (RequestDelegate)endpoint.HandleAsync)
            .WithDisplayName($"gRPC - {method.FullName}")
            .WithMetadata([new GrpcMethodMetadata(typeof(TService), method), .. typeof(TService).GetCustomAttributes(inherit: true), .. target.GetCustomAttributes(inherit: true)]));
    }
}
