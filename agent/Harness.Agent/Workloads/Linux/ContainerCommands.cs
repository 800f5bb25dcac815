using System.Collections.Concurrent;
using System.Collections.Immutable;
using Harness.Agent.Applications;

namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// Commands beside running containers: probes, hooks and sessions, each kept as the container's own processes are. Owns them; none outlives
/// the run that it belongs to. Thread-safe.
/// </summary>
internal sealed class ContainerCommands(
    LinuxTools tools, WorkloadPlaces places, Func<WorkloadKey, int?> processOf, Func<WorkloadKey, RunCgroup?> groupOf)
{
    /// <summary>Enters the control groups whose files stand before the "--", then becomes the rest.</summary>
    private const string EnterGroup = "until [ \"$1\" = -- ]; do echo 0 >\"$1\" || exit 126; shift; done; shift; exec \"$@\"";

    private readonly ConcurrentDictionary<WorkloadProcess, WorkloadKey> _execs = new();
    private readonly ConcurrentDictionary<SessionProcess, WorkloadKey> _sessions = new();

    public async Task<ExecResult> ExecAsync(
        WorkloadKey key, ContainerSpec spec, ImmutableArray<string> commandLine, CancellationToken cancellationToken)
    {
        var sink = new ExecOutput();
        var ended = new TaskCompletionSource<WorkloadExit>(TaskCreationOptions.RunContinuationsAsynchronously);
        var (request, failure) = Prepare(key, spec, commandLine);
        if (request is null)
        {
            return new ExecResult(failure!.ExitCode, failure.Message);
        }

        var process = WorkloadProcess.Start(request, sink, ended.SetResult, out var errno);
        if (process is null)
        {
            return new ExecResult(126, $"starting {commandLine[0]} failed with error {errno}");
        }

        _execs[process] = key;
        process.Watch();
        if (processOf(key) is null)
        {
            process.Signal(kill: true);
        }

        await using var killing = cancellationToken.Register(() => process.Signal(kill: true));
        var exit = await ended.Task;
        _execs.TryRemove(process, out _);
        return new ExecResult(exit.ExitCode, sink.Text);
    }

    public SessionStart OpenSession(WorkloadKey key, ContainerSpec spec, SessionRequest request)
    {
        try
        {
            return StartSession(key, spec, request);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return SessionStart.Failed(128, $"preparing the command failed: {exception.Message}");
        }
    }

    /// <summary>The run is over.</summary>
    public void EndAll(WorkloadKey key)
    {
        foreach (var (exec, _) in _execs.Where(exec => exec.Value == key))
        {
            exec.Signal(kill: true);
        }

        foreach (var (session, _) in _sessions.Where(session => session.Value == key))
        {
            session.Kill();
        }
    }

    private SessionStart StartSession(WorkloadKey key, ContainerSpec spec, SessionRequest request)
    {
        var (spawn, failure) = Prepare(key, spec, request.CommandLine);
        if (spawn is null)
        {
            return SessionStart.Failed(failure!.ExitCode, failure.Message);
        }

        var session = SessionProcess.Start(spawn, request, ended => _sessions.TryRemove(ended, out _), out var errno);
        if (session is null)
        {
            return SessionStart.Failed(126, $"starting {request.CommandLine[0]} failed with error {errno}");
        }

        _sessions[session] = key;
        session.Watch();
        if (processOf(key) is null)
        {
            session.Kill();
        }

        return SessionStart.Running(session);
    }

    private (SpawnRequest? Request, WorkloadStart? Failure) Prepare(WorkloadKey key, ContainerSpec spec, ImmutableArray<string> commandLine)
    {
        if (processOf(key) is not { } pid)
        {
            return (null, WorkloadStart.Failed(126, $"container {spec.Name} does not run"));
        }

        var apart = ProcessTable.HasOwnRoot(pid);
        var (place, failure) = places.Prepare(key, spec, apart ? null : commandLine[0]);
        if (place is null)
        {
            return (null, failure);
        }

        List<string> command = [.. ProgramCommand.Build(tools, spec.RunAs, place, commandLine, apart ? place.Folder : null)];
        if (apart)
        {
            var target = pid.ToString(System.Globalization.CultureInfo.InvariantCulture);
            command.InsertRange(0, [tools.NsEnter!, "--target", target, "--mount", "--ipc", "--uts", "--pid", "--"]);
        }

        if (groupOf(key) is { } group)
        {
            command.InsertRange(0, [tools.Shell, "-c", EnterGroup, "sh", .. group.EntryFiles, "--"]);
        }

        return (new SpawnRequest(command[0], command, ["PATH=" + LinuxTools.SystemPath], apart ? "/" : place.Folder), null);
    }
}
