using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Harness.Agent.Logs;

/// <summary>Serves one query on one log as chunks of text. One reader each; ends as the query says, or when cancelled.</summary>
internal sealed class LogReader(ContainerLog log, LogQuery query)
{
    private const int ChunkBytes = 32 * 1024;
    private readonly ArrayBufferWriter<byte> _text = new();
    private long _skipLines;
    private long _remaining = query.LimitBytes ?? long.MaxValue;
    private bool _lineOpen;

    public async IAsyncEnumerable<byte[]> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _skipLines = query.Tail is { } tail ? Math.Max(0, CountLines() - tail) : 0;
        using var cursor = new LogCursor(log);
        while (_remaining > 0)
        {
            // Taken before reading: what is written after this completes Changed.
            var snapshot = log.Snapshot();
            var entries = cursor.Read(snapshot);
            foreach (var entry in entries.Where(IsWanted))
            {
                Take(entry);
                if (_text.WrittenCount >= ChunkBytes)
                {
                    yield return TakeChunk();
                }
            }

            if (entries.Count > 0)
            {
                continue;
            }

            if (_text.WrittenCount > 0)
            {
                yield return TakeChunk();
            }

            if (snapshot.Completed || !query.Follow)
            {
                yield break;
            }

            await snapshot.Changed.WaitAsync(cancellationToken);
        }

        if (_text.WrittenCount > 0)
        {
            yield return TakeChunk();
        }
    }

    private bool IsWanted(LogEntry entry) => query.Stream is null || query.Stream == entry.Stream;

    private long CountLines()
    {
        using var cursor = new LogCursor(log);
        var snapshot = log.Snapshot();
        long lines = 0;
        var open = false;
        for (var entries = cursor.Read(snapshot); entries.Count > 0; entries = cursor.Read(snapshot))
        {
            foreach (var entry in entries.Where(IsWanted))
            {
                lines += entry.Partial ? 0 : 1;
                open = entry.Partial;
            }
        }

        return open ? lines + 1 : lines;
    }

    private void Take(LogEntry entry)
    {
        if (_skipLines > 0)
        {
            _skipLines -= entry.Partial ? 0 : 1;
        }
        else if (query.Since is not { } since || entry.Time >= since)
        {
            if (query.Timestamps && !_lineOpen)
            {
                Append(Encoding.ASCII.GetBytes(LogEntry.FormatTime(entry.Time) + " "));
            }

            Append(entry.Text.Span);
            if (!entry.Partial)
            {
                Append("\n"u8);
            }

            _lineOpen = entry.Partial;
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        var taken = bytes[..(int)Math.Min(bytes.Length, _remaining)];
        _text.Write(taken);
        _remaining -= taken.Length;
    }

    private byte[] TakeChunk()
    {
        var chunk = _text.WrittenSpan.ToArray();
        _text.ResetWrittenCount();
        return chunk;
    }
}
