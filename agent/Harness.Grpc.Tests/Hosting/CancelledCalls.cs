namespace Grpc.Tests.Hosting;

/// <summary>Counts the calls whose cancellation reached the service. Thread-safe.</summary>
internal sealed class CancelledCalls
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Ends with the first one.</summary>
    public Task First => _first.Task;

    public void Add()
    {
        Interlocked.Increment(ref _count);
        _first.TrySetResult();
    }
}
