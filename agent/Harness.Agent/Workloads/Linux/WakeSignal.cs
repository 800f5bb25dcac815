using System.Runtime.InteropServices;

namespace Harness.Agent.Workloads.Linux;

/// <summary>Wakes a thread that polls: an eventfd. <see cref="Set"/> may be called from any thread, also after the end.</summary>
internal sealed unsafe partial class WakeSignal : IDisposable
{
    private readonly Lock _lock = new();
    private bool _closed;

    private WakeSignal(int fd)
    {
        Fd = fd;
    }

    public int Fd { get; }

    /// <summary>Null when the agent has no descriptor left.</summary>
    public static WakeSignal? Open() => EventFd(0, LibC.CloseOnExec | LibC.NonBlock) is var fd and >= 0 ? new WakeSignal(fd) : null;

    public void Set()
    {
        lock (_lock)
        {
            if (!_closed)
            {
                ulong one = 1;
                _ = LibC.Write(Fd, (byte*)&one, sizeof(ulong));
            }
        }
    }

    public void Clear()
    {
        ulong count;
        _ = LibC.Read(Fd, (byte*)&count, sizeof(ulong));
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            _ = LibC.Close(Fd);
        }
    }

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int EventFd(uint count, int flags);
}
