namespace Harness.Agent.Logs;

/// <summary>
/// Reads a log from its beginning, record by record, across segments. A cursor that falls behind the segments kept goes on with the
/// oldest one. Not thread-safe; one reader each.
/// </summary>
internal sealed class LogCursor(ContainerLog log) : IDisposable
{
    private const int ChunkBytes = 64 * 1024;
    private readonly byte[] _chunk = new byte[ChunkBytes];
    private readonly MemoryStream _pending = new();
    private FileStream? _file;
    private int _segment = -1;

    /// <summary>The records that are there now, a chunk at most; empty when the cursor has come to the end of the snapshot.</summary>
    public List<LogEntry> Read(LogSnapshot snapshot)
    {
        while (MoveTo(snapshot))
        {
            var limit = _segment == snapshot.LastSegment ? snapshot.LastLength : long.MaxValue;
            var wanted = (int)Math.Min(ChunkBytes, limit - _file!.Position);
            var count = wanted > 0 ? _file.Read(_chunk, 0, wanted) : 0;
            if (count > 0)
            {
                var entries = Split(_chunk.AsSpan(0, count));
                if (entries.Count > 0)
                {
                    return entries;
                }
            }
            else if (_segment >= snapshot.LastSegment)
            {
                return [];
            }
            else
            {
                Close();
                _segment++;
            }
        }

        return [];
    }

    public void Dispose() => Close();

    /// <summary>Opens the segment to read next; false when there is nothing to open yet.</summary>
    private bool MoveTo(LogSnapshot snapshot)
    {
        if (_segment < snapshot.FirstSegment)
        {
            Close();
            _segment = snapshot.FirstSegment;
        }

        if (_file is not null)
        {
            return true;
        }

        try
        {
            _file = new FileStream(log.SegmentPath(_segment), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
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

            if (LogEntry.Parse(_pending.ToArray()) is { } entry)
            {
                entries.Add(entry);
            }

            _pending.SetLength(0);
            data = data[(end + 1)..];
        }

        return entries;
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
        _pending.SetLength(0);
    }
}
