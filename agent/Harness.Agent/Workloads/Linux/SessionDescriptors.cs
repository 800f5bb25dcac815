using System.Runtime.InteropServices;

namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// Both ends of a session's streams: pipes, or one terminal. Owned by the session; the agent's ends do not block. Not thread-safe,
/// except <see cref="Wake"/>.
/// </summary>
internal sealed unsafe class SessionDescriptors
{
    private readonly List<int> _childEnds = [];

    private SessionDescriptors(WakeSignal wake)
    {
        Wake = wake;
    }

    public WakeSignal Wake { get; }

    public Pseudoterminal? Terminal { get; private set; }

    /// <summary>Where input goes; -1 when there is none.</summary>
    public int Input { get; private set; } = -1;

    /// <summary>Where stdout and stderr come from; -1 once closed. A terminal has the first alone.</summary>
    public int[] Outputs { get; } = [-1, -1];

    public SpawnStreams Child { get; private set; }

    /// <summary>Null, and the errno, when something cannot be had.</summary>
    public static SessionDescriptors? Open(SessionRequest request, out int errno)
    {
        errno = LibC.Emfile;
        if (WakeSignal.Open() is not { } wake)
        {
            return null;
        }

        var descriptors = new SessionDescriptors(wake);
        errno = request.Terminal ? descriptors.OpenTerminal(request.Size) : descriptors.OpenPipes(request.Input);
        if (errno == 0)
        {
            return descriptors;
        }

        descriptors.CloseChild();
        descriptors.Abort();
        return null;
    }

    public void CloseChild()
    {
        _childEnds.ForEach(end => _ = LibC.Close(end));
        _childEnds.Clear();
    }

    public void CloseOutput(int index)
    {
        if (Terminal is null && Outputs[index] >= 0)
        {
            _ = LibC.Close(Outputs[index]);
        }

        Outputs[index] = -1;
    }

    /// <summary>The terminal has been closed.</summary>
    public void ForgetTerminal() => Outputs[0] = -1;

    /// <summary>The agent's ends; the input is closed by its owner, and so is the terminal.</summary>
    public void Close()
    {
        CloseOutput(0);
        CloseOutput(1);
        Wake.Dispose();
    }

    /// <summary>Closes all of the agent's ends: nothing was started.</summary>
    public void Abort()
    {
        if (Input >= 0)
        {
            _ = LibC.Close(Input);
        }

        Close();
    }

    private int OpenTerminal(WindowSize size)
    {
        Terminal = Pseudoterminal.Open(size, out var errno);
        if (Terminal is { } terminal)
        {
            Input = terminal.Fd;
            Outputs[0] = terminal.Fd;
            Child = SpawnStreams.OfTerminal(terminal.Path);
        }

        return errno;
    }

    private int OpenPipes(bool input)
    {
        var ends = stackalloc int[] { -1, -1, -1, -1, -1, -1 };
        for (var stream = input ? 0 : 1; stream < 3; stream++)
        {
            if (LibC.Pipe2(ends + (2 * stream), LibC.CloseOnExec) != 0)
            {
                return Marshal.GetLastPInvokeError();
            }

            // Stdin is read by the child, the others by us.
            var (ours, theirs) = stream == 0 ? (ends[1], ends[0]) : (ends[2 * stream], ends[(2 * stream) + 1]);
            _childEnds.Add(theirs);
            Keep(stream, ours);

            // Only our end: the flag belongs to the open file, and the command expects blocking reads and writes.
            _ = LibC.Fcntl(ours, LibC.SetFlags, LibC.NonBlock);
        }

        Child = new SpawnStreams(ends[0], ends[3], ends[5], null);
        return 0;
    }

    private void Keep(int stream, int fd)
    {
        if (stream == 0)
        {
            Input = fd;
        }
        else
        {
            Outputs[stream - 1] = fd;
        }
    }
}
