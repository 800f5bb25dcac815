namespace Grpc.Net.Client.Calls;

/// <summary>The running calls of a channel, so that its disposal ends them. Thread-safe.</summary>
internal sealed class ActiveCalls
{
    private readonly Lock _lock = new();
    private readonly HashSet<IDisposable> _calls = [];

    public bool IsClosed { get; private set; }

    public void Add(IDisposable call)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(IsClosed, typeof(GrpcChannel));
            _calls.Add(call);
        }
    }

    public void Remove(IDisposable call)
    {
        lock (_lock)
        {
            _calls.Remove(call);
        }
    }

    /// <summary>Cancels what runs and refuses what comes. False when it was closed before.</summary>
    public bool Close()
    {
        IDisposable[] running;
        lock (_lock)
        {
            if (IsClosed)
            {
                return false;
            }

            IsClosed = true;
            running = [.. _calls];
            _calls.Clear();
        }

        foreach (var call in running)
        {
            call.Dispose();
        }

        return true;
    }
}
