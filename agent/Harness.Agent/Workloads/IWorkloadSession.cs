namespace Harness.Agent.Workloads;

/// <summary>
/// A command that runs beside a container. Disposing it kills the command, when it has not ended, and all that it started. A command
/// whose events are not taken is held up once it has written a little. Thread-safe; one reader.
/// </summary>
internal interface IWorkloadSession : IAsyncDisposable
{
    IAsyncEnumerable<SessionEvent> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Queues input; the caller keeps count of what is not consumed. Ignored after the end of the input.</summary>
    void Write(ReadOnlyMemory<byte> input);

    /// <summary>The command reads an end once it has read all that was written before.</summary>
    void EndInput();

    /// <summary>Nothing without a terminal.</summary>
    void Resize(WindowSize size);
}
