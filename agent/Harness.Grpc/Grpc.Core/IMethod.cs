namespace Grpc.Core;

/// <summary>What can be said of a method without knowing its messages.</summary>
public interface IMethod
{
    MethodType Type { get; }

    /// <summary>The service with its package, as in <c>grpc.health.v1.Health</c>.</summary>
    string ServiceName { get; }

    string Name { get; }

    /// <summary>The path on the wire, <c>/service/method</c>.</summary>
    string FullName { get; }
}
