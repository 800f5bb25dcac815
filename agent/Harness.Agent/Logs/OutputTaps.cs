using System.Collections.Immutable;
using Harness.Agent.Workloads;

namespace Harness.Agent.Logs;

/// <summary>
/// Those who see a run's output as it is written, unsplit: attached callers. Written on the workload's thread; a sink that joins after
/// the end is completed at once. Thread-safe; a sink must not block.
/// </summary>
internal sealed class OutputTaps
{
    private readonly Lock _lock = new();
    private ImmutableArray<IOutputSink> _sinks = [];
    private bool _completed;

    public void Add(IOutputSink sink)
    {
        lock (_lock)
        {
            if (!_completed)
            {
                _sinks = _sinks.Add(sink);
                return;
            }
        }

        sink.Complete();
    }

    public void Remove(IOutputSink sink)
    {
        lock (_lock)
        {
            _sinks = _sinks.Remove(sink);
        }
    }

    public void Write(OutputStream stream, ReadOnlySpan<byte> data)
    {
        foreach (var sink in Current())
        {
            sink.Write(stream, data);
        }
    }

    public void Complete()
    {
        lock (_lock)
        {
            _completed = true;
        }

        foreach (var sink in Current())
        {
            sink.Complete();
        }
    }

    private ImmutableArray<IOutputSink> Current()
    {
        lock (_lock)
        {
            return _sinks;
        }
    }
}
