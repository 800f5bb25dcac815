using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Harness.Agent.Applications;
using Harness.Agent.Launching;
using Harness.Agent.Logs;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// Runs containers as processes of this Linux machine. Owns the processes, their folders under the state directory and their
/// records. Called from the application's loop; <see cref="ExecAsync"/>, <see cref="OpenSession"/>, <see cref="ConnectAsync"/> from anywhere.
/// </summary>
internal sealed partial class ProcessRuntime(
    StateDirectory directory, WorkloadRecords records, LogStore logs, ILogger<ProcessRuntime> logger) : IWorkloadRuntime
{
    private readonly ConcurrentDictionary<WorkloadKey, WorkloadProcess> _running = new();
    private readonly ConcurrentDictionary<WorkloadProcess, WorkloadKey> _execs = new();
    private readonly ConcurrentDictionary<SessionProcess, WorkloadKey> _sessions = new();

    public RuntimeAbilities Abilities { get; } = new(LibC.EffectiveUser(), LibC.EffectiveUser() == 0);

    public void EndLeftovers() => records.EndAll();

    public void Begin(ApplicationSpec spec)
    {
        directory.ClearPods();
        logs.Clear();
        Directory.CreateDirectory(directory.PodFolder(spec.Uid));
    }

    public WorkloadStart Start(WorkloadKey key, ContainerSpec spec, Action<WorkloadExit> exited)
    {
        try
        {
            return StartProcess(key, spec, exited);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return WorkloadStart.Failed(128, $"preparing container {spec.Name} failed: {exception.Message}");
        }
    }

    public void Signal(WorkloadKey key, bool kill)
    {
        if (_running.TryGetValue(key, out var process))
        {
            process.Signal(kill);
        }
    }

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
            return new ExecResult(126, SpawnFailure(request.Program, errno).Message);
        }

        _execs[process] = key;
        process.Watch();
        if (!_running.ContainsKey(key))
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

    public async Task<Socket> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
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
            failure = SpawnFailure(spawn.Program, errno);
            return SessionStart.Failed(failure.ExitCode, failure.Message);
        }

        _sessions[session] = key;
        session.Watch();
        if (!_running.ContainsKey(key))
        {
            session.Kill();
        }

        return SessionStart.Running(session);
    }

    private WorkloadStart StartProcess(WorkloadKey key, ContainerSpec spec, Action<WorkloadExit> exited)
    {
        var (request, failure) = Prepare(key, spec, spec.CommandLine);
        if (request is null)
        {
            return failure!;
        }

        var log = logs.Open(key);
        var pid = 0;
        var process = WorkloadProcess.Start(request, log, exit => Ended(key, pid, exit, exited), out var errno);
        if (process is null)
        {
            log.Complete();
            return SpawnFailure(request.Program, errno);
        }

        pid = process.Pid;
        _running[key] = process;
        Record(key, process);
        Log.Started(logger, key, pid, request.Program);
        return WorkloadStart.Running(pid);
    }

    /// <summary>A workload that cannot be recorded is not left running: after a crash no one would find it.</summary>
    private void Record(WorkloadKey key, WorkloadProcess process)
    {
        try
        {
            records.Add(key, process.Pid);
        }
        catch (IOException)
        {
            process.Signal(kill: true);
            throw;
        }
        finally
        {
            process.Watch();
        }
    }

    private void Ended(WorkloadKey key, int pid, WorkloadExit exit, Action<WorkloadExit> exited)
    {
        _running.TryRemove(key, out _);
        foreach (var (exec, _) in _execs.Where(exec => exec.Value == key))
        {
            // A hook or probe does not outlive its container.
            exec.Signal(kill: true);
        }

        foreach (var (session, _) in _sessions.Where(session => session.Value == key))
        {
            session.Kill();
        }

        records.Remove(pid);
        Log.Ended(logger, key, pid, exit.ExitCode);
        exited(exit);
    }

    private (SpawnRequest? Request, WorkloadStart? Failure) Prepare(WorkloadKey key, ContainerSpec spec, ImmutableArray<string> commandLine)
    {
        var home = directory.ContainerFolder(key);
        if (!Directory.Exists(home))
        {
            Directory.CreateDirectory(home);
            GiveTo(home, spec.RunAs);
        }

        var folder = spec.WorkingDirectory ?? home;
        if (!Directory.Exists(folder))
        {
            return (null, WorkloadStart.Failed(128, $"the working directory {folder} does not exist on this instance"));
        }

        var variables = spec.Environment.Any(variable => variable.Key == "HOME")
            ? spec.Environment
            : spec.Environment.Add(KeyValuePair.Create("HOME", home));
        var searchPath = variables.First(variable => variable.Key == "PATH").Value;
        if (ProgramPath.Find(commandLine[0], searchPath, folder) is not { } program)
        {
            return (null, WorkloadStart.Failed(127, $"the program \"{commandLine[0]}\" was not found on this instance (PATH {searchPath})"));
        }

        var environment = variables.Select(variable => $"{variable.Key}={variable.Value}").ToList();
        return (UserSwitch.Apply(new SpawnRequest(program, commandLine, environment, folder), spec.RunAs), null);
    }

    private static void GiveTo(string folder, RunAs runAs)
    {
        if (runAs.User is not null || runAs.Group is not null)
        {
            _ = LibC.Chown(folder, (uint)(runAs.User ?? 0), (uint)(runAs.Group ?? runAs.User ?? 0));
        }
    }

    private static WorkloadStart SpawnFailure(string program, int errno) => errno switch
    {
        LibC.Enoent => WorkloadStart.Failed(127, $"the program {program} (or its interpreter) was not found on this instance"),
        LibC.Eacces => WorkloadStart.Failed(126, $"the program {program} may not be executed; check its mode"),
        LibC.Enoexec => WorkloadStart.Failed(126, $"the program {program} is not in a format that this instance can execute"),
        _ => WorkloadStart.Failed(128, $"starting {program} failed with error {errno}"),
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Workload {Workload} started as process {Pid}: {Program}")]
        public static partial void Started(ILogger logger, WorkloadKey workload, int pid, string program);

        [LoggerMessage(Level = LogLevel.Information, Message = "Workload {Workload} (process {Pid}) ended with exit code {ExitCode}")]
        public static partial void Ended(ILogger logger, WorkloadKey workload, int pid, int exitCode);
    }
}
