using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Harness.Agent.Applications;
using Harness.Agent.Images;
using Harness.Agent.Launching;
using Harness.Agent.Logs;
using Harness.Agent.Volumes;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// Runs containers as processes of this Linux machine, each under a shim that outlives the agent. Owns the runs, their folders under the
/// state directory and their pipes. Called from the application's loop; <see cref="ExecAsync"/>, <see cref="OpenSession"/>,
/// <see cref="ConnectAsync"/> and <see cref="Measure"/> from anywhere.
/// </summary>
internal sealed partial class ProcessRuntime : IWorkloadRuntime
{
    private readonly ConcurrentDictionary<WorkloadKey, ContainerProcess> _running = new();
    private readonly StateDirectory _directory;
    private readonly LogStore _logs;
    private readonly ILogger _logger;
    private readonly LinuxTools _tools = LinuxTools.Find();
    private readonly RunFolders _folders;
    private readonly WorkloadPlaces _places;
    private readonly VolumeFolders _volumes;
    private readonly ImageStore _images;
    private readonly RunCompletion _ends;
    private readonly Lazy<Cgroups?> _cgroups = new(Cgroups.Find);
    private readonly Lazy<ContainerCommands> _commands;
    private readonly Lazy<ShimLauncher> _launcher;
    private readonly int _maximumProcesses;

    public ProcessRuntime(AgentOptions options, StateDirectory directory, VolumeFolders volumes, ImageStore images, LogStore logs, ILogger<ProcessRuntime> logger)
    {
        _maximumProcesses = options.MaximumProcesses;
        _volumes = volumes;
        _images = images;
        _ends = new RunCompletion(directory, logs);
        _directory = directory;
        _logs = logs;
        _logger = logger;
        _folders = new RunFolders(directory.Workloads);
        _places = new WorkloadPlaces(directory, images);
        _commands = new Lazy<ContainerCommands>(() => new ContainerCommands(
            _tools, _places, key => _running.TryGetValue(key, out var process) ? process.Workload.Pid : null, GroupOf));
        _launcher = new Lazy<ShimLauncher>(() => new ShimLauncher(_tools, ShimScript.Install(directory.Root)));
        Abilities = new RuntimeAbilities(LibC.EffectiveUser(), LibC.EffectiveUser() == 0 && _tools.SetPriv is not null)
        {
            Instance = new Lazy<InstanceAbilities>(() => new InstanceProbe(_tools, logger).Run()),
            Isolation = options.Isolation,
            HostPaths = [.. options.HostPaths],
        };
    }

    public RuntimeAbilities Abilities { get; }

    public void EndLeftovers(string? exceptPodUid)
    {
        foreach (var folder in _folders.Except(exceptPodUid))
        {
            if (!folder.TryCallOff() && Claimed(folder)?.Shim is { } shim)
            {
                Log.EndingLeftover(_logger, folder.Path);
                ShimLauncher.Abandon(folder, Pidfd.Open(shim));
            }
        }

        _folders.Clear(exceptPodUid);
    }

    public void Begin(ApplicationSpec spec)
    {
        _folders.Clear(exceptPodUid: null);
        _directory.ClearPods();
        _logs.Clear();
        Directory.CreateDirectory(_directory.PodFolder(spec.Uid));
        _volumes.Begin(spec.Surroundings);
    }

    public void Release() => _volumes.Release();

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

    public Adoption Adopt(WorkloadKey key, ContainerSpec spec, Action<WorkloadExit> exited)
    {
        if (_folders.Find(key) is not { } folder || folder.TryCallOff() || Claimed(folder) is not { Shim: { } shim } claim)
        {
            return Adoption.NotStarted;
        }

        var sameBoot = claim.BootId == ProcessTable.BootId;
        var process = sameBoot ? Pidfd.Open(shim) : null;
        var workload = sameBoot ? StartedWorkload(folder) : null;
        if (workload is not { } leader || (process is null && (folder.ReadExit() is not null || !leader.IsAlive)))
        {
            process?.Dispose();
            _logs.Reopen(key, ended: true);
            var exit = _ends.Complete(key, spec, ContainerProcess.ExitOf(folder), GroupOf(key));
            Log.Ended(_logger, key, shim.Pid, exit.ExitCode);
            return Adoption.Ended(claim.At, exit);
        }

        Log.Adopted(_logger, key, leader.Pid);
        Attach(key, spec, folder, process, leader, RunPipes.Open(folder), _logs.Reopen(key, ended: false), exited);
        return Adoption.Running(claim.At);
    }

    public void Signal(WorkloadKey key, bool kill)
    {
        if (_running.TryGetValue(key, out var process))
        {
            process.Signal(kill);
        }
    }

    public void Detach()
    {
        foreach (var process in _running.Values)
        {
            process.Detach();
        }
    }

    public Task<ExecResult> ExecAsync(
        WorkloadKey key, ContainerSpec spec, ImmutableArray<string> commandLine, CancellationToken cancellationToken) =>
        _commands.Value.ExecAsync(key, spec, commandLine, cancellationToken);

    public SessionStart OpenSession(WorkloadKey key, ContainerSpec spec, SessionRequest request) => _commands.Value.OpenSession(key, spec, request);

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

    public WorkloadUsage? Measure(WorkloadKey key) =>
        _running.TryGetValue(key, out var process) ? SessionUsage.Measure(process.Workload.Pid) : null;

    /// <summary>Who claimed the run; a claim that is being written is waited for, as long as its shim is there.</summary>
    private static RunClaim? Claimed(RunFolder folder)
    {
        while (folder.ReadClaim() is null && ProcessTable.AnyIn(folder.Path))
        {
            ProcessTable.Pause();
        }

        return folder.ReadClaim();
    }

    /// <summary>The workload's process; one that a shim is about to start is waited for.</summary>
    private static ProcessIdentity? StartedWorkload(RunFolder folder)
    {
        while (folder.ReadWorkload() is null && ProcessTable.AnyIn(folder.Path))
        {
            ProcessTable.Pause();
        }

        return folder.ReadWorkload();
    }

    private WorkloadStart StartProcess(WorkloadKey key, ContainerSpec spec, Action<WorkloadExit> exited)
    {
        _places.ClearTerminationMessage(key, spec);
        var mounts = _volumes.Resolve(spec);
        var apart = spec.Pod.Isolation != IsolationLevel.None || !mounts.IsEmpty || spec.ReadOnlyRoot;
        apart = apart && Abilities.Instance.Value.Namespaces;
        var (place, failure) = _places.Prepare(key, spec, apart ? null : spec.CommandLine[0]);
        if (place is null)
        {
            return failure!;
        }

        var folder = _folders.New(key);
        var script = new LaunchScript();
        EnterGroup(script, key, spec);
        if (apart)
        {
            var message = new ResolvedMount(_directory.TerminationMessageFile(key), spec.TerminationMessage.Path, false);
            mounts = mounts.Add(message);
            if (spec.ImageSource is { } image)
            {
                mounts = mounts.Add(new ResolvedMount(_images.FolderOf(image), _images.FolderOf(image), true));
            }

            script.Raw(PrivateRoot.Script(folder.Path, spec.Pod.Hostname, place.Home, mounts, spec.ReadOnlyRoot));
        }

        script.Step($"changing to the working directory {place.Folder}", "cd", place.Folder);
        folder.Create(script.Become(ProgramCommand.Build(_tools, spec.RunAs, place, spec.CommandLine)), apart);
        var pipes = RunPipes.Open(folder);
        if (_launcher.Value.Launch(folder, pipes, apart, out var problem) is not { } launched)
        {
            pipes.Close();
            GroupOf(key)?.End();
            return WorkloadStart.Failed(128, $"starting container {spec.Name} failed: {problem}");
        }

        Log.Started(_logger, key, launched.Workload.Pid, spec.CommandLine[0]);
        Attach(key, spec, folder, launched.Shim, launched.Workload, pipes, _logs.Open(key), exited);
        return WorkloadStart.Running(launched.Workload.Pid);
    }

    /// <summary>The first thing that a launch does: what follows, and all that the workload starts, is counted and limited.</summary>
    private void EnterGroup(LaunchScript script, WorkloadKey key, ContainerSpec spec)
    {
        if ((spec.Pod.Isolation == IsolationLevel.None && !spec.Resources.HasLimits) || !Abilities.Instance.Value.Cgroups)
        {
            return;
        }

        foreach (var file in _cgroups.Value!.Create(key, spec.Resources, _maximumProcesses).EntryFiles)
        {
            script.Raw($"echo 0 >{LaunchScript.Quote(file)} || die 'entering the control group failed'");
        }
    }

    /// <summary>Null: the run has none.</summary>
    private RunCgroup? GroupOf(WorkloadKey key) => _cgroups.Value?.Of(key) is { } group && group.Exists ? group : null;

    private void Attach(
        WorkloadKey key,
        ContainerSpec spec,
        RunFolder folder,
        Pidfd? shim,
        ProcessIdentity workload,
        RunPipes pipes,
        ContainerLog log,
        Action<WorkloadExit> exited)
    {
        var process = ContainerProcess.Attach(folder, shim, workload, pipes, log, exit => Ended(key, spec, workload.Pid, exit, exited));
        _running[key] = process;
        process.Watch();
    }

    private void Ended(WorkloadKey key, ContainerSpec spec, int pid, WorkloadExit told, Action<WorkloadExit> exited)
    {
        _running.TryRemove(key, out _);
        _commands.Value.EndAll(key);
        var exit = _ends.Complete(key, spec, told, GroupOf(key));
        Log.Ended(_logger, key, pid, exit.ExitCode);
        exited(exit);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Workload {Workload} started as process {Pid}: {Program}")]
        public static partial void Started(ILogger logger, WorkloadKey workload, int pid, string program);

        [LoggerMessage(Level = LogLevel.Information, Message = "Workload {Workload} (process {Pid}) ended with exit code {ExitCode}")]
        public static partial void Ended(ILogger logger, WorkloadKey workload, int pid, int exitCode);

        [LoggerMessage(Level = LogLevel.Information, Message = "Workload {Workload} (process {Pid}) of an earlier run of the agent goes on")]
        public static partial void Adopted(ILogger logger, WorkloadKey workload, int pid);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Ending what an earlier run of the agent left in {Folder}: its pod is not known any more")]
        public static partial void EndingLeftover(ILogger logger, string folder);
    }
}
