namespace Harness.Agent.Hosting;

/// <summary>
/// Whether the agent serves: it does from its start until it drains, and a drain is never taken back. Thread-safe.
/// </summary>
internal sealed class ServingState : IDisposable
{
    private readonly CancellationTokenSource _draining = new();
    private readonly CancellationTokenSource _streamsEnd = new();

    /// <summary>Cancelled once the agent drains: health turns NOT_SERVING.</summary>
    public CancellationToken Draining => _draining.Token;

    /// <summary>Cancelled when streams have to end, a moment into the drain.</summary>
    public CancellationToken StreamsEnd => _streamsEnd.Token;

    public void Drain() => _draining.Cancel();

    public void EndStreams() => _streamsEnd.Cancel();

    public void Dispose()
    {
        _draining.Dispose();
        _streamsEnd.Dispose();
    }
}
