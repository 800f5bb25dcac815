using Grpc.Core;

namespace Harness.Agent.Sessions;

/// <summary>Keeps count of a caller's input that is not consumed yet. Thread-safe.</summary>
internal sealed class InputWindow
{
    private long _open;

    /// <summary>RESOURCE_EXHAUSTED when the caller sends more than the window allows.</summary>
    public void Take(int bytes)
    {
        if (Interlocked.Add(ref _open, bytes) > SessionLimits.WindowBytes)
        {
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted,
                $"More stdin than the window of {SessionLimits.WindowBytes} bytes: wait for stdin_consumed_bytes before sending more."));
        }
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref _open, -bytes);
}
