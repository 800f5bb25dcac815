using System.Buffers;
using System.Globalization;
using Harness.Agent.Workloads;

namespace Harness.Agent.Logs;

/// <summary>
/// The log of one run of a container: segment files of bounded size, of which the latest are kept. Written on the workload's thread;
/// read by any number of readers through snapshots. When a write fails (disk full) its lines are lost and counted; the workload goes on.
/// </summary>
internal sealed class ContainerLog(string folder, LogLimits limits, TimeProvider timeProvider) : IOutputSink
{
    private readonly Lock _lock = new();
    private readonly LineSplitter[] _splitters = [new(limits.LineBytes), new(limits.LineBytes)];
    private readonly ArrayBufferWriter<byte> _records = new();
    private TaskCompletionSource _changed = NewSignal();
    private FileStream? _file;
    private int _first;
    private int _last;
    private long _length;
    private bool _completed;

    /// <summary>Writes that were lost because the disk refused them.</summary>
    public long LostWrites { get; private set; }

    /// <summary>Who sees the output as it comes.</summary>
    public OutputTaps Taps { get; } = new();

    public void Write(OutputStream stream, ReadOnlySpan<byte> data)
    {
        Taps.Write(stream, data);
        var now = timeProvider.GetUtcNow();
        _splitters[(int)stream].Add(data, (line, partial) => LogEntry.Append(_records, now, stream, partial, line));
        Flush();
    }

    /// <summary>Goes on with the segments that an earlier agent wrote; half a record at their end is dropped. Called before anything else.</summary>
    public void Resume()
    {
        var segments = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.log").Select(path => int.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture)).Order().ToList()
            : [];
        if (segments.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            (_first, _last) = (segments[0], segments[^1]);
            using var file = new FileStream(SegmentPath(_last), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            _length = WholeRecords(file);
            file.SetLength(_length);
        }
    }

    public void Complete()
    {
        var now = timeProvider.GetUtcNow();
        foreach (var stream in new[] { OutputStream.Stdout, OutputStream.Stderr })
        {
            _splitters[(int)stream].End((line, partial) => LogEntry.Append(_records, now, stream, partial, line));
        }

        Flush();
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
            _completed = true;
            SignalLocked();
        }

        Taps.Complete();
    }

    public LogSnapshot Snapshot()
    {
        lock (_lock)
        {
            return new LogSnapshot(_first, _last, _length, _completed, _changed.Task);
        }
    }

    public string SegmentPath(int segment) => Path.Combine(folder, segment.ToString("D6", CultureInfo.InvariantCulture) + ".log");

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Flush()
    {
        if (_records.WrittenCount == 0)
        {
            return;
        }

        lock (_lock)
        {
            WriteLocked();
            SignalLocked();
        }

        _records.ResetWrittenCount();
    }

    private void WriteLocked()
    {
        try
        {
            _file ??= OpenLocked();
            _file.Write(_records.WrittenSpan);
            _length += _records.WrittenCount;
            if (_length >= limits.SegmentBytes)
            {
                RotateLocked();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LostWrites++;
            RestoreLocked();
        }
    }

    private FileStream OpenLocked()
    {
        Directory.CreateDirectory(folder);
        var file = new FileStream(SegmentPath(_last), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Seek(_length, SeekOrigin.Begin);
        return file;
    }

    /// <summary>The length of the file up to its last line feed.</summary>
    private static long WholeRecords(FileStream file)
    {
        for (var end = file.Length; end > 0; end--)
        {
            file.Seek(end - 1, SeekOrigin.Begin);
            if (file.ReadByte() == '\n')
            {
                return end;
            }
        }

        return 0;
    }

    private void RotateLocked()
    {
        _file!.Dispose();
        _file = null;
        _last++;
        _length = 0;
        if (_last - _first >= limits.Segments)
        {
            File.Delete(SegmentPath(_first));
            _first++;
        }
    }

    /// <summary>Takes back half a record, so that the next one begins where readers expect it.</summary>
    private void RestoreLocked()
    {
        try
        {
            _file?.SetLength(_length);
            _file?.Seek(_length, SeekOrigin.Begin);
        }
        catch (IOException)
        {
            LostWrites++;
        }
    }

    private void SignalLocked()
    {
        var changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
    }
}
