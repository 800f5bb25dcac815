using System.Threading.Channels;
using Harness.Agent.Workloads;

namespace Harness.Agent.Sessions;

/// <summary>
/// What an attached caller has still to be sent. The container never waits for it: beyond the limit its output is dropped. Written on
/// the workload's thread, read by one call.
/// </summary>
internal sealed class AttachedOutput : IOutputSink
{
    private readonly Channel<SessionEvent.Output> _events = Channel.CreateUnbounded<SessionEvent.Output>();
    private int _waitingBytes;

    public void Write(OutputStream stream, ReadOnlySpan<byte> data)
    {
        if (Volatile.Read(ref _waitingBytes) + data.Length <= SessionLimits.LagBytes)
        {
            Interlocked.Add(ref _waitingBytes, data.Length);
            _events.Writer.TryWrite(new SessionEvent.Output(stream, data.ToArray()));
        }
    }

    public void Complete() => _events.Writer.TryComplete();

    public async IAsyncEnumerable<SessionEvent.Output> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var output in _events.Reader.ReadAllAsync(cancellationToken))
        {
            Interlocked.Add(ref _waitingBytes, -output.Data.Length);
            yield return output;
        }
    }
}
