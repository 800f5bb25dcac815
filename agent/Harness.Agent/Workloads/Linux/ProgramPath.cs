namespace Harness.Agent.Workloads.Linux;

/// <summary>Finds a program as execvp would: a name without a slash in PATH, anything else as a path from the working directory.</summary>
internal static class ProgramPath
{
    /// <summary>Null: no such file, or none that may be executed.</summary>
    public static string? Find(string program, string searchPath, string workingDirectory)
    {
        if (program.Contains('/'))
        {
            var path = Path.Combine(workingDirectory, program);
            return File.Exists(path) ? path : null;
        }

        return searchPath.Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path)
    {
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (File.GetUnixFileMode(path) & Execute) != 0;
    }
}
