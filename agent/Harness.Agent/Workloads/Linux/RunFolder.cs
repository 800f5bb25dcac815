using System.Globalization;
using Harness.Agent.Applications;

namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// The files of one run of a container, which outlive the agent: the launch script, the shim's claim, the workload's process, how it
/// ended, and the pipes that carry its output and the shim's notes. Holds no state of its own; any thread.
/// </summary>
internal sealed class RunFolder(string path)
{
    /// <summary>Room for the record of the end is taken before the start, so that a full disk does not lose it.</summary>
    private const int ExitRecordBytes = 512;

    private const string CalledOff = "called-off";
    private const string EndMark = "end";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly string[] Pipes = ["out", "err", "note", "ack"];

    public string Path { get; } = path;

    public string Launch => File("launch");

    public string Output => File("out");

    public string Errors => File("err");

    public string Note => File("note");

    public string Exit => File("exit");

    /// <summary>Makes the folder with all that the shim needs. Throws IOException when there is no room.</summary>
    public void Create(string launchScript, bool privateRoot)
    {
        Directory.CreateDirectory(Path, Private | UnixFileMode.UserExecute);
        if (privateRoot)
        {
            Directory.CreateDirectory(File("root"));
            Directory.CreateDirectory(File("tmp"));
            System.IO.File.SetUnixFileMode(File("tmp"), (UnixFileMode)0b001_111_111_111);
        }

        Write(Launch, launchScript);
        Write(Exit, new string(' ', ExitRecordBytes));
        foreach (var pipe in Pipes)
        {
            if (LibC.MakeFifo(File(pipe), (uint)Private) != 0)
            {
                throw new IOException($"making the pipe {File(pipe)} failed with error {System.Runtime.InteropServices.Marshal.GetLastPInvokeError()}");
            }
        }
    }

    /// <summary>Null: nobody has claimed the run, or the claim is being written right now.</summary>
    public RunClaim? ReadClaim()
    {
        if (ReadLine("claim") is not { } line)
        {
            return null;
        }

        var at = new DateTimeOffset(System.IO.File.GetLastWriteTimeUtc(File("claim")));
        var words = line.Split(' ');
        return new RunClaim(ProcessIdentity.Parse(words), words[^1], at);
    }

    /// <summary>Claims the run so that no shim ever will; false when a shim was first.</summary>
    public bool TryCallOff()
    {
        try
        {
            using var file = new FileStream(File("claim"), FileMode.CreateNew, FileAccess.Write);
            file.Write(System.Text.Encoding.ASCII.GetBytes(CalledOff + "\n"));
            return true;
        }
        catch (IOException) when (System.IO.File.Exists(File("claim")))
        {
            return false;
        }
    }

    /// <summary>The workload's first process, which leads its session; null: not started yet.</summary>
    public ProcessIdentity? ReadWorkload() => ReadLine("workload") is { } line ? ProcessIdentity.Parse(line.Split(' ')) : null;

    /// <summary>What setting up the run's surroundings complained of; empty when all went well.</summary>
    public string ReadFailure() => System.IO.File.Exists(File("failure")) ? System.IO.File.ReadAllText(File("failure")).Trim() : "";

    /// <summary>How the run ended, as the shim saw it; null: it has not, or the shim was killed before it could tell.</summary>
    public (WorkloadExit Exit, DateTimeOffset At)? ReadExit()
    {
        if (!System.IO.File.Exists(Exit))
        {
            return null;
        }

        var lines = System.IO.File.ReadAllText(Exit).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var end = Array.IndexOf(lines, EndMark);
        return end >= 1 && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? (ToExit(code, lines.AsSpan(1, end - 1)), new DateTimeOffset(System.IO.File.GetLastWriteTimeUtc(Exit)))
            : null;
    }

    /// <summary>
    /// A shell tells an end by signal n as 128+n. Where its list of jobs says "Done(137)", the program itself ended with that code.
    /// </summary>
    private static WorkloadExit ToExit(int code, ReadOnlySpan<string> jobs)
    {
        foreach (var job in jobs)
        {
            if (job.Contains("Done", StringComparison.Ordinal) || job.Contains("Exit", StringComparison.Ordinal))
            {
                return new WorkloadExit(code, 0);
            }
        }

        const int FirstSignal = 128;
        const int LastSignal = FirstSignal + 64;
        return code is > FirstSignal and <= LastSignal ? WorkloadExit.BySignal(code - FirstSignal) : new WorkloadExit(code, 0);
    }

    private static void Write(string path, string text)
    {
        using var writer = new StreamWriter(path, new System.Text.UTF8Encoding(false), new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = Private,
        });
        writer.Write(text);
    }

    /// <summary>A record of one line; null until its line feed is there.</summary>
    private string? ReadLine(string name)
    {
        try
        {
            var text = System.IO.File.ReadAllText(File(name));
            var end = text.IndexOf('\n');
            return end < 0 ? null : text[..end];
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
