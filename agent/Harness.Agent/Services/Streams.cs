using Grpc.Core;

namespace Harness.Agent.Services;

/// <summary>How the agent's server streams wait and end. Thread-safe.</summary>
internal static class Streams
{
    /// <summary>Waits for a change; a cancelled wait is no error, the caller looks at its tokens.</summary>
    public static async Task WaitAsync(Task change)
    {
        try
        {
            await change;
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>Ends a stream that would go on: CANCELLED when the client has gone, UNAVAILABLE when the agent stops.</summary>
    public static void ThrowEnded(ServerCallContext context) => throw new RpcException(context.CancellationToken.IsCancellationRequested
        ? new Status(StatusCode.Cancelled, "The call was cancelled.")
        : new Status(StatusCode.Unavailable, "The agent is stopping."));
}
