using Harness.Agent.Applications;

namespace Harness.Agent.Workloads.Linux;

/// <summary>Runs a program of the instance to its end, as the agent itself. Blocks; thread-safe.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The exit code (126: it could not be started, or did not end), and the beginning of what it wrote.</summary>
    public static (int ExitCode, string Output) Run(params IReadOnlyList<string> command)
    {
        var sink = new ExecOutput();
        using var ended = new ManualResetEventSlim();
        var exit = new WorkloadExit(126, 0);
        var request = new SpawnRequest(command[0], command, ["PATH=" + LinuxTools.SystemPath], "/");
        var process = WorkloadProcess.Start(request, sink, how => { exit = how; ended.Set(); }, out _);
        if (process is null)
        {
            return (126, "");
        }

        process.Watch();
        if (!ended.Wait(Patience))
        {
            process.Signal(kill: true);
            ended.Wait();
            return (126, sink.Text);
        }

        return (exit.ExitCode, sink.Text);
    }
}
