namespace Harness.Simulator.State;

/// <summary>Files that only their owner may read: they hold private keys.</summary>
internal static class PrivateFile
{
    /// <summary>Replaces the file in one step; it is never readable by others, not even for a moment.</summary>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        var fresh = path + ".new";
        File.Delete(fresh);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var writer = new StreamWriter(fresh, options))
        {
            await writer.WriteAsync(text.AsMemory(), cancellationToken);
        }

        File.Move(fresh, path, overwrite: true);
    }
}
