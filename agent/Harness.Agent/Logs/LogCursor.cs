using System.Buffers;

namespace Harness.Agent.Logs;

/// <summary>
/// Reads a log from its beginning, record by record, across segments. A cursor that falls behind the segments kept goes on with the
/// oldest one. Not thread-safe; one reader each.
/// </summary>
internal sealed class LogCursor(ContainerLog log) : IDisposable
{
    private const int ChunkBytes = 64 * 1024;
    private readonly byte[] _chunk = new byte[ChunkBytes];
    private readonly ArrayBufferWriter<byte> _pending = new();
    private FileStream? _file;
    private int _segment = -1;
    private bool _segmentRead;

    /// <summary>The records that are there now, a chunk at most; empty when the cursor has come to the end of the snapshot.</summary>
    public List<LogEntry> Read(LogSnapshot snapshot)
    {
        while (true)
        {
            var entries = Open(snapshot) ? Split(ReadChunk(snapshot)) : [];
            if (entries.Count > 0 || (_segmentRead && _segment >= snapshot.LastSegment))
            {
                return entries;
            }

            if (_segmentRead)
            {
                Close();
                _segment++;
            }
        }
    }

    public void Dispose() => Close();

    /// <summary>Opens the segment to read next; false when it is not there (not yet, or not any more).</summary>
    private bool Open(LogSnapshot snapshot)
    {
        if (_segment < snapshot.FirstSegment)
        {
            Close();
            _segment = snapshot.FirstSegment;
        }

        try
        {
            _file ??= new FileStream(log.SegmentPath(_segment), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            _segmentRead = true;
            return false;
        }
    }

    private ReadOnlySpan<byte> ReadChunk(LogSnapshot snapshot)
    {
        var limit = _segment == snapshot.LastSegment ? snapshot.LastLength : long.MaxValue;
        var wanted = (int)Math.Clamp(limit - _file!.Position, 0, ChunkBytes);
        var count = wanted > 0 ? _file.Read(_chunk, 0, wanted) : 0;
        _segmentRead = count == 0;
        return _chunk.AsSpan(0, count);
    }

    private List<LogEntry> Split(ReadOnlySpan<byte> data)
    {
        var entries = new List<LogEntry>();
        while (!data.IsEmpty)
        {
            var end = data.IndexOf((byte)'\n');
            _pending.Write(end < 0 ? data : data[..end]);
            if (end < 0)
            {
                break;
            }

            if (LogEntry.Parse(_pending.WrittenSpan.ToArray()) is { } entry)
            {
                entries.Add(entry);
            }

            _pending.ResetWrittenCount();
            data = data[(end + 1)..];
        }

        return entries;
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
        _pending.ResetWrittenCount();
    }
}
