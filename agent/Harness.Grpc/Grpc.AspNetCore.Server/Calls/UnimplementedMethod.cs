using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>A method that a client asked for and that is not here. An immutable value.</summary>
internal sealed record UnimplementedMethod(string FullName) : IMethod
{
    public MethodType Type => MethodType.DuplexStreaming;

    public string ServiceName => FullName.Trim('/').Split('/')[0];

    public string Name => FullName.Trim('/').Split('/')[^1];
}
