namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// The agent's ends of a run's pipes, as file descriptors (-1: not open). Opening them does not wait for the other side. Their owner closes
/// them.
/// </summary>
internal sealed record RunPipes(int Output, int Errors, int Note)
{
    private const int PipeBytes = 1024 * 1024;

    public static RunPipes Open(RunFolder folder)
    {
        var pipes = new RunPipes(Open(folder.Output), Open(folder.Errors), Open(folder.Note));
        // What fits in here a workload can write while the agent is away; beyond that it waits. An ordinary user may get less.
        _ = LibC.Fcntl(pipes.Output, LibC.SetPipeSize, PipeBytes);
        _ = LibC.Fcntl(pipes.Errors, LibC.SetPipeSize, PipeBytes);
        return pipes;
    }

    public void Close()
    {
        foreach (var fd in (int[])[Output, Errors, Note])
        {
            _ = fd < 0 ? 0 : LibC.Close(fd);
        }
    }

    private static int Open(string path) => LibC.Open(path, LibC.ReadOnly | LibC.NonBlock | LibC.CloseOnExec);
}
