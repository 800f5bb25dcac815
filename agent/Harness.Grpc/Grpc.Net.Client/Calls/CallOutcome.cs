using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>How a call ended. An immutable value.</summary>
internal sealed record CallOutcome(Status Status, Metadata Trailers)
{
    public bool IsOk => Status.StatusCode == StatusCode.OK;

    public RpcException ToException() => new(Status, Trailers);
}
