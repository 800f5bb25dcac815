using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Harness.Agent.Applications;

namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// A command beside a container, with its own thread, which moves its input and output, waits for its end, kills what it leaves behind
/// in its session, and only then reaps it. Output that no one takes stays in its pipe. Members may be called from any thread.
/// </summary>
internal sealed class SessionProcess : IWorkloadSession
{
    private const int ThreadStackBytes = 256 * 1024;
    private const int ReadBytes = 16 * 1024;
    private const int QueuedOutputs = 4;
    private const int LastReads = 64;
    private const int HangUpMilliseconds = 1000;
    private readonly Channel<SessionEvent> _events = Channel.CreateUnbounded<SessionEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _terminalLock = new();
    private readonly SessionDescriptors _descriptors;
    private readonly SessionInput _input;
    private readonly Action<SessionProcess> _ended;
    private readonly int _pid;
    private readonly int _pidfd;
    private Pseudoterminal? _terminal;
    private int _queued;
    private volatile bool _killed;
    private volatile bool _abandoned;

    private SessionProcess(int pid, int pidfd, SessionDescriptors descriptors, Action<SessionProcess> ended)
    {
        _pid = pid;
        _pidfd = pidfd;
        _descriptors = descriptors;
        _terminal = descriptors.Terminal;
        _input = new SessionInput(descriptors.Input, terminal: _terminal is not null);
        _ended = ended;
    }

    /// <summary>Starts a command; null, and the errno, when it cannot run. Call <see cref="Watch"/> next.</summary>
    public static SessionProcess? Start(SpawnRequest spawn, SessionRequest request, Action<SessionProcess> ended, out int errno)
    {
        if (SessionDescriptors.Open(request, out errno) is not { } descriptors)
        {
            return null;
        }

        errno = PosixSpawn.Start(spawn, descriptors.Child, out var pid);
        descriptors.CloseChild();
        var pidfd = errno == 0 ? OpenPidfd(pid, out errno) : -1;
        if (errno != 0)
        {
            descriptors.Abort();
            return null;
        }

        return new SessionProcess(pid, pidfd, descriptors, ended);
    }

    /// <summary>Begins to move input and output.</summary>
    public void Watch() => new Thread(Run, ThreadStackBytes) { IsBackground = true, Name = $"session {_pid}" }.Start();

    /// <summary>Kills the command and all that it started; its events end as with any end.</summary>
    public void Kill()
    {
        _killed = true;
        _descriptors.Wake.Set();
    }

    public async IAsyncEnumerable<SessionEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var happened in _events.Reader.ReadAllAsync(cancellationToken))
        {
            if (happened is SessionEvent.Output && Interlocked.Decrement(ref _queued) == QueuedOutputs - 1)
            {
                _descriptors.Wake.Set();
            }

            yield return happened;
        }
    }

    public void Write(ReadOnlyMemory<byte> input)
    {
        _input.Add(input);
        _descriptors.Wake.Set();
    }

    public void EndInput()
    {
        _input.End();
        _descriptors.Wake.Set();
    }

    public void Resize(WindowSize size)
    {
        lock (_terminalLock)
        {
            _terminal?.Resize(size);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _abandoned = true;
        Kill();
        await _finished.Task;
    }

    private static int OpenPidfd(int pid, out int errno)
    {
        var pidfd = (int)LibC.Syscall(LibC.PidfdOpen, pid, 0);
        errno = pidfd >= 0 ? 0 : Marshal.GetLastPInvokeError();
        if (pidfd < 0)
        {
            _ = LibC.Kill(-pid, LibC.SigKill);
            _ = LibC.WaitPid(pid, out _, 0);
        }

        return pidfd;
    }

    private void Run()
    {
        while (!_killed && !Move())
        {
        }

        HangUp();
        ProcessTable.KillSession(_pid);
        Drain();
        var exit = Reap();
        Finish(exit);
    }

    /// <summary>Waits until something can be moved, and moves it; true once the command has ended.</summary>
    private unsafe bool Move()
    {
        var room = Volatile.Read(ref _queued) < QueuedOutputs;
        var polled = stackalloc LibC.PollFd[5];
        polled[0] = new LibC.PollFd { Fd = _descriptors.Wake.Fd, Events = LibC.PollIn };
        polled[1] = new LibC.PollFd { Fd = _pidfd, Events = LibC.PollIn };
        polled[2] = new LibC.PollFd { Fd = room ? _descriptors.Outputs[0] : -1, Events = LibC.PollIn };
        polled[3] = new LibC.PollFd { Fd = room ? _descriptors.Outputs[1] : -1, Events = LibC.PollIn };
        polled[4] = new LibC.PollFd { Fd = _input.Wanted, Events = LibC.PollOut };
        if (LibC.Poll(polled, 5, -1) < 0)
        {
            return false;
        }

        if (polled[0].Revents != 0)
        {
            _descriptors.Wake.Clear();
        }

        if (_input.Flush() is var consumed and > 0)
        {
            _events.Writer.TryWrite(new SessionEvent.InputConsumed(consumed));
        }

        for (var index = 0; index < 2; index++)
        {
            if (polled[2 + index].Revents != 0)
            {
                ReadOnce(index);
            }
        }

        return polled[1].Revents != 0;
    }

    /// <summary>Reads what is there, once; false when there is nothing (now, or ever again).</summary>
    private unsafe bool ReadOnce(int index)
    {
        var fd = _descriptors.Outputs[index];
        var buffer = stackalloc byte[ReadBytes];
        var count = fd < 0 ? -1 : (int)LibC.Read(fd, buffer, ReadBytes);
        if (count > 0)
        {
            Interlocked.Increment(ref _queued);
            _events.Writer.TryWrite(new SessionEvent.Output((OutputStream)index, new ReadOnlySpan<byte>(buffer, count).ToArray()));
            return true;
        }

        // A terminal whose other end is closed answers with an error.
        if (fd >= 0 && (count == 0 || Marshal.GetLastPInvokeError() is not (LibC.Eagain or LibC.Eintr)))
        {
            _descriptors.CloseOutput(index);
        }

        return false;
    }

    /// <summary>A command that is cut off at its terminal gets SIGHUP, and a moment to end.</summary>
    private unsafe void HangUp()
    {
        _input.Close();
        if (!_killed || _descriptors.Terminal is null)
        {
            return;
        }

        CloseTerminal();
        var polled = new LibC.PollFd { Fd = _pidfd, Events = LibC.PollIn };
        _ = LibC.Poll(&polled, 1, HangUpMilliseconds);
    }

    /// <summary>What was written before the end is still read, as fast as it is taken.</summary>
    private void Drain()
    {
        for (var index = 0; index < 2; index++)
        {
            // More than a pipe holds; something that left the session may go on writing without end.
            for (var reads = 0; reads < LastReads && !_abandoned; reads++)
            {
                WaitForRoom();
                if (!ReadOnce(index))
                {
                    break;
                }
            }
        }
    }

    private unsafe void WaitForRoom()
    {
        while (!_abandoned && Volatile.Read(ref _queued) >= QueuedOutputs)
        {
            var polled = new LibC.PollFd { Fd = _descriptors.Wake.Fd, Events = LibC.PollIn };
            _ = LibC.Poll(&polled, 1, -1);
            _descriptors.Wake.Clear();
        }
    }

    private WorkloadExit Reap()
    {
        int status;
        while (LibC.WaitPid(_pid, out status, 0) < 0)
        {
            if (Marshal.GetLastPInvokeError() != LibC.Eintr)
            {
                // Someone else reaped it: how it ended is not known.
                return new WorkloadExit(255, 0);
            }
        }

        var signal = status & 0x7f;
        return signal == 0 ? new WorkloadExit((status >> 8) & 0xff, 0) : WorkloadExit.BySignal(signal);
    }

    private void Finish(WorkloadExit exit)
    {
        CloseTerminal();
        _ = LibC.Close(_pidfd);
        _descriptors.Close();
        _events.Writer.TryWrite(new SessionEvent.Ended(exit));
        _events.Writer.TryComplete();
        _ended(this);
        _finished.SetResult();
    }

    private void CloseTerminal()
    {
        lock (_terminalLock)
        {
            if (_terminal is { } terminal)
            {
                _terminal = null;
                _descriptors.ForgetTerminal();
                _ = LibC.Close(terminal.Fd);
            }
        }
    }
}
