using System.Runtime.InteropServices;

namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// What a session's command has still to read, and the descriptor that it goes to (not blocking; -1 without input). Filled from any
/// thread, emptied by the session's own.
/// </summary>
internal sealed unsafe class SessionInput(int fd, bool terminal)
{
    private static readonly byte[] EndOfTransmission = [4];
    private readonly Lock _lock = new();
    private readonly Queue<ReadOnlyMemory<byte>> _pending = new();
    private int _fd = fd;
    private bool _ended;
    private long _dropped;

    /// <summary>The descriptor while there is something to do with it, else -1.</summary>
    public int Wanted
    {
        get
        {
            lock (_lock)
            {
                return _pending.Count > 0 || _ended ? _fd : -1;
            }
        }
    }

    public void Add(ReadOnlyMemory<byte> input)
    {
        lock (_lock)
        {
            if (_fd < 0)
            {
                _dropped += input.Length;
            }
            else if (!_ended && input.Length > 0)
            {
                _pending.Enqueue(input);
            }
        }
    }

    public void End()
    {
        lock (_lock)
        {
            _ended = true;
        }
    }

    /// <summary>Writes what the command takes now, and ends its input when that was all. Returns how many bytes are dealt with.</summary>
    public long Flush()
    {
        lock (_lock)
        {
            var consumed = _dropped;
            _dropped = 0;
            while (_pending.TryPeek(out var next) && Write(next.Span) is var written and > 0)
            {
                consumed += written;
                _pending.Dequeue();
                if (written < next.Length)
                {
                    PutBackLocked(next[written..]);
                    break;
                }
            }

            if (_fd < 0)
            {
                consumed += _pending.Sum(part => (long)part.Length);
                _pending.Clear();
            }
            else if (_ended && _pending.Count == 0)
            {
                EndLocked();
            }

            return consumed;
        }
    }

    /// <summary>Nothing is written any more; the descriptor is closed, except that of a terminal, which is not ours.</summary>
    public void Close()
    {
        lock (_lock)
        {
            CloseLocked();
        }
    }

    private int Write(ReadOnlySpan<byte> data)
    {
        if (_fd < 0)
        {
            return 0;
        }

        fixed (byte* bytes = data)
        {
            var written = (int)LibC.Write(_fd, bytes, (nuint)data.Length);
            if (written < 0 && Marshal.GetLastPInvokeError() is not (LibC.Eagain or LibC.Eintr))
            {
                // The command has closed its end.
                CloseLocked();
            }

            return written;
        }
    }

    private void PutBackLocked(ReadOnlyMemory<byte> rest)
    {
        var others = _pending.ToArray();
        _pending.Clear();
        _pending.Enqueue(rest);
        foreach (var other in others)
        {
            _pending.Enqueue(other);
        }
    }

    private void EndLocked()
    {
        // A terminal has no end; its reader takes this character for one.
        if (terminal && Write(EndOfTransmission) < 0)
        {
            return;
        }

        CloseLocked();
    }

    private void CloseLocked()
    {
        if (_fd >= 0 && !terminal)
        {
            _ = LibC.Close(_fd);
        }

        _fd = -1;
    }
}
