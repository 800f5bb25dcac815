namespace Grpc.Core.Interceptors;

/// <summary>A call as an interceptor of its client sees it. An immutable value.</summary>
public struct ClientInterceptorContext<TRequest, TResponse>
    where TRequest : class
    where TResponse : class
{
    public ClientInterceptorContext(Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        Method = method;
        Host = host;
        Options = options;
    }

    public Method<TRequest, TResponse> Method { get; }

    /// <summary>What the call names the server (<c>:authority</c>); null: by its address.</summary>
    public string? Host { get; }

    public CallOptions Options { get; }
}
