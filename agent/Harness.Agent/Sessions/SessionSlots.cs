using Grpc.Core;

namespace Harness.Agent.Sessions;

/// <summary>How many calls of one kind may be open at once. Thread-safe.</summary>
internal sealed class SessionSlots(int limit, string what)
{
    private int _taken;

    public int Limit => limit;

    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Dispose to give it back. RESOURCE_EXHAUSTED when all are taken.</summary>
    public IDisposable Take()
    {
        if (Interlocked.Increment(ref _taken) > limit)
        {
            Interlocked.Decrement(ref _taken);
            throw new RpcException(new Status(StatusCode.ResourceExhausted, $"This agent has {limit} {what} open already, which is its limit."));
        }

        return new Slot(this);
    }

    private sealed class Slot(SessionSlots slots) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0)
            {
                Interlocked.Decrement(ref slots._taken);
            }
        }
    }
}
