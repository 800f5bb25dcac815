using Harness.Agent.Applications;

namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// The agent's side of one run of a container: a thread of its own reads the output from the run's pipes, learns from the shim (or, when
/// that was killed, from the workload itself) that the run has ended, and ends what is left of it. The run itself lives without it:
/// <see cref="Detach"/> lets go and leaves it to the next agent. <see cref="Signal"/> and Detach may be called from any thread.
/// </summary>
internal sealed unsafe class ContainerProcess
{
    private const int ThreadStackBytes = 256 * 1024;
    private const int ReadBytes = 32 * 1024;
    private const int PipeBytes = 1024 * 1024;
    private const int LastReads = (PipeBytes / ReadBytes) + 1;
    private const byte EndNote = (byte)'x';
    private readonly Lock _lock = new();
    private readonly RunFolder _folder;
    private readonly IOutputSink _sink;
    private readonly Action<WorkloadExit> _exited;
    private readonly Pidfd? _shim;
    private readonly Pidfd? _process;
    private readonly int[] _outputs = new int[2];
    private readonly int[] _wake = new int[2];
    private readonly int _note;
    private bool _over;
    private Thread? _thread;

    private ContainerProcess(RunFolder folder, Pidfd? shim, ProcessIdentity workload, RunPipes pipes, IOutputSink sink, Action<WorkloadExit> exited)
    {
        _folder = folder;
        _shim = shim;
        Workload = workload;
        _process = Pidfd.Open(workload);
        _outputs[0] = pipes.Output;
        _outputs[1] = pipes.Errors;
        _note = pipes.Note;
        _sink = sink;
        _exited = exited;
    }

    /// <summary>The workload's first process; it leads the run's session.</summary>
    public ProcessIdentity Workload { get; }

    /// <summary>
    /// Takes hold of a run that was started, by this agent or an earlier one; call <see cref="Watch"/> next. <paramref name="exited"/> is
    /// called once, on the run's thread, after its output is in the sink; never after Detach.
    /// </summary>
    public static ContainerProcess Attach(
        RunFolder folder, Pidfd? shim, ProcessIdentity workload, RunPipes pipes, IOutputSink sink, Action<WorkloadExit> exited) =>
        new(folder, shim, workload, pipes, sink, exited);

    public void Watch()
    {
        fixed (int* wake = _wake)
        {
            _ = LibC.Pipe2(wake, LibC.CloseOnExec | LibC.NonBlock);
        }

        _thread = new Thread(Run, ThreadStackBytes) { IsBackground = true, Name = $"workload {Workload.Pid}" };
        _thread.Start();
    }

    /// <summary>SIGTERM to the process itself, as a container's first process gets it; SIGKILL to all of its group.</summary>
    public void Signal(bool kill)
    {
        lock (_lock)
        {
            if (_over || _process is null || _process.HasEnded)
            {
                return;
            }

            if (kill)
            {
                _ = LibC.Kill(-Workload.Pid, LibC.SigKill);
            }

            _process.Signal(kill ? LibC.SigKill : LibC.SigTerm);
        }
    }

    /// <summary>Lets go of the run without ending it; returns once its thread has.</summary>
    public void Detach()
    {
        byte wake = 0;
        lock (_lock)
        {
            if (!_over)
            {
                _ = LibC.Write(_wake[1], &wake, 1);
            }
        }

        _thread?.Join();
    }

    private void Run()
    {
        var ended = WaitForEnd();
        if (ended)
        {
            ProcessTable.KillSession(Workload);
            DrainOutput(OutputStream.Stdout);
            DrainOutput(OutputStream.Stderr);
            EndShim();
        }

        CloseAll();
        _sink.Complete();
        if (ended)
        {
            _exited(ExitOf(_folder));
        }
    }

    /// <summary>How a run that is over ended. Without the shim's word there is no telling, as after a crash of a container runtime.</summary>
    public static WorkloadExit ExitOf(RunFolder folder)
    {
        if (folder.ReadExit() is not { } record)
        {
            return WorkloadExit.Unknown;
        }

        var failure = folder.ReadFailure();
        return record.Exit with
        {
            FinishedAt = record.At,
            Reason = failure.Length > 0 ? WorkloadExit.CannotRun : "",
            Message = failure,
        };
    }

    /// <summary>Reads the output until the run has ended (true) or is let go (false).</summary>
    private bool WaitForEnd()
    {
        if (_folder.ReadExit() is not null)
        {
            // An earlier agent may have taken the shim's note and been killed over it.
            return true;
        }

        var polled = stackalloc LibC.PollFd[6];
        var shimFd = _shim?.Fd ?? -1;
        while (true)
        {
            polled[0] = new LibC.PollFd { Fd = _outputs[0], Events = LibC.PollIn };
            polled[1] = new LibC.PollFd { Fd = _outputs[1], Events = LibC.PollIn };
            polled[2] = new LibC.PollFd { Fd = _wake[0], Events = LibC.PollIn };
            polled[3] = new LibC.PollFd { Fd = shimFd >= 0 ? _note : -1, Events = LibC.PollIn };
            polled[4] = new LibC.PollFd { Fd = shimFd, Events = LibC.PollIn };
            // As long as there is a shim it tells; its word comes after it has written down how the run ended.
            polled[5] = new LibC.PollFd { Fd = shimFd < 0 && _process is not null ? _process.Fd : -1, Events = LibC.PollIn };
            if (shimFd < 0 && _process is null)
            {
                return true;
            }

            if (LibC.Poll(polled, 6, -1) < 0)
            {
                continue;
            }

            ReadOutputs(polled);
            if (polled[2].Revents != 0)
            {
                return false;
            }

            if ((polled[3].Revents != 0 && ReadNote()) || polled[5].Revents != 0)
            {
                return true;
            }

            if (polled[4].Revents != 0)
            {
                _shim!.Reap();
                shimFd = -1;
                if (_folder.ReadExit() is not null)
                {
                    return true;
                }
            }
        }
    }

    private void ReadOutputs(LibC.PollFd* polled)
    {
        for (var index = 0; index < _outputs.Length; index++)
        {
            if (polled[index].Revents != 0)
            {
                ReadOnce((OutputStream)index);
            }
        }
    }

    /// <summary>With it goes the first process of the run's PID namespace, which a killed shim leaves behind.</summary>
    private void EndShim()
    {
        _shim?.Signal(LibC.SigKill);
        _shim?.Reap();
        if (_folder.ReadClaim()?.Shim is { } shim)
        {
            ProcessTable.KillSession(shim);
        }
    }

    private bool ReadNote()
    {
        Span<byte> note = stackalloc byte[64];
        fixed (byte* buffer = note)
        {
            var count = LibC.Read(_note, buffer, (nuint)note.Length);
            return count > 0 && note[..(int)count].Contains(EndNote);
        }
    }

    /// <summary>No more than the pipe holds: something that left the session may go on writing without end.</summary>
    private void DrainOutput(OutputStream stream)
    {
        for (var reads = 0; reads < LastReads && ReadOnce(stream); reads++)
        {
        }
    }

    /// <summary>Reads what is there, once; false when there is nothing (now, or ever again).</summary>
    private bool ReadOnce(OutputStream stream)
    {
        var fd = _outputs[(int)stream];
        if (fd < 0)
        {
            return false;
        }

        var buffer = stackalloc byte[ReadBytes];
        var count = LibC.Read(fd, buffer, ReadBytes);
        if (count > 0)
        {
            _sink.Write(stream, new ReadOnlySpan<byte>(buffer, (int)count));
            return true;
        }

        if (count == 0)
        {
            _ = LibC.Close(fd);
            _outputs[(int)stream] = -1;
        }

        return count < 0 && System.Runtime.InteropServices.Marshal.GetLastPInvokeError() == LibC.Eintr;
    }

    private void CloseAll()
    {
        lock (_lock)
        {
            _over = true;
            _process?.Dispose();
            _shim?.Dispose();
            foreach (var fd in (int[])[.. _outputs, .. _wake, _note])
            {
                _ = fd < 0 ? 0 : LibC.Close(fd);
            }
        }
    }
}
