using Harness.Agent.Workloads.Linux;

namespace Harness.Agent.Hosting.State;

/// <summary>Replaces a file in one step that a power cut cannot take back or leave half done. Private to the agent's user.</summary>
internal static class DurableFile
{
    /// <summary>Throws IOException or UnauthorizedAccessException; the file is then as it was.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var partial = path + ".new";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var file = new FileStream(partial, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>The new name is on disk only once its folder is.</summary>
    private static void SyncFolder(string folder)
    {
        var fd = LibC.Open(folder, LibC.ReadOnly | LibC.CloseOnExec);
        if (fd >= 0)
        {
            _ = LibC.Fsync(fd);
            _ = LibC.Close(fd);
        }
    }
}
