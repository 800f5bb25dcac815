using System.Runtime.InteropServices;

namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// The agent's end of a terminal. Owned by one session, which closes it; then the kernel sends SIGHUP to what runs on the other end.
/// </summary>
internal sealed unsafe partial class Pseudoterminal
{
    private const int ReadWrite = 2;
    private const int NoControl = 0x100;
    private const int NameBytes = 64;
    private const nuint SetWindowSize = 0x5414;

    private Pseudoterminal(int fd, string path)
    {
        Fd = fd;
        Path = path;
    }

    public int Fd { get; }

    /// <summary>The other end, for the new process to open.</summary>
    public string Path { get; }

    /// <summary>Null, and the errno, when there is no terminal to be had.</summary>
    public static Pseudoterminal? Open(WindowSize size, out int errno)
    {
        var fd = OpenMaster(ReadWrite | NoControl | LibC.CloseOnExec | LibC.NonBlock);
        var name = stackalloc byte[NameBytes];
        if (fd < 0 || Unlock(fd) != 0 || Name(fd, name, NameBytes) != 0)
        {
            errno = Marshal.GetLastPInvokeError();
            _ = fd < 0 ? 0 : LibC.Close(fd);
            return null;
        }

        errno = 0;
        var terminal = new Pseudoterminal(fd, Marshal.PtrToStringUTF8((nint)name)!);
        terminal.Resize(size);
        return terminal;
    }

    public void Resize(WindowSize size)
    {
        // struct winsize: rows, columns, and two numbers of pixels that no one uses.
        var native = stackalloc ushort[] { size.Rows, size.Columns, 0, 0 };
        _ = Control(Fd, SetWindowSize, native);
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static partial int Unlock(int fd);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    private static partial int Name(int fd, byte* name, nuint bytes);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int fd, nuint request, ushort* size);
}
