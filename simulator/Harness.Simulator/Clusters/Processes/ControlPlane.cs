using Harness.Simulator.Composition;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Programs;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Clusters.Processes;

/// <summary>
/// The four processes of a control plane: started in the order in which they need each other, each once the one before is healthy; started
/// again when one ends by itself; ended in the opposite order. One owner.
/// </summary>
internal sealed class ControlPlane(ControlPlanePrograms programs, ControlPlaneFolder folder, ControlPlanePorts ports, ClusterSite site) : IAsyncDisposable
{
    private const int LogTailLines = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>An API server lets open watches end by themselves; nobody waits for them here, and its state is not kept.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly Stack<SupervisedProgram> _running = new();

    /// <exception cref="SimulatorStartException">A program did not become healthy; the message ends with what it logged last.</exception>
    public async Task StartAsync(ControlPlaneKeys keys, CancellationToken cancellationToken)
    {
        var arguments = new ControlPlaneArguments(folder, ports, programs.KubernetesVersion);
        var administrator = keys.AdministratorAccess();
        await StartAsync("etcd", programs.Etcd, arguments.Etcd(), keys.EtcdAccess(), "/health", cancellationToken);
        await StartAsync("kube-apiserver", programs.ApiServer, arguments.ApiServer(), administrator, "/readyz", cancellationToken);
        var manager = administrator with { Server = ports.ControllerManagerEndpoint };
        await StartAsync("kube-controller-manager", programs.ControllerManager, arguments.ControllerManager(), manager, "/healthz", cancellationToken);
        var scheduler = administrator with { Server = ports.SchedulerEndpoint };
        await StartAsync("kube-scheduler", programs.Scheduler, arguments.Scheduler(), scheduler, "/healthz", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        while (_running.TryPop(out var program))
        {
            await program.StopAsync(EndPatience);
            await program.DisposeAsync();
        }
    }

    private async Task StartAsync(
        string name, string path, IReadOnlyList<string> arguments, ApiAccess access, string healthPath, CancellationToken cancellationToken)
    {
        var options = new ChildProgramOptions
        {
            Name = name,
            Program = path,
            Arguments = arguments,
            Environment = ProgramEnvironment.Minimal(folder.Root),
            WorkingDirectory = folder.Root,
            LogFile = folder.Log(name),
        };
        var program = new SupervisedProgram(options, site.Time, site.Loggers.CreateLogger<ControlPlane>(), process => site.Ledger.ProgramStarted(name, process));
        try
        {
            program.Start();
        }
        catch (ProgramStartException exception)
        {
            throw new SimulatorStartException(exception.Message, exception);
        }

        _running.Push(program);
        await HealthyAsync(name, program, access, healthPath, cancellationToken);
        site.Progress.Report($"{name} {(name == "etcd" ? programs.EtcdVersion : programs.KubernetesVersion)} is healthy, process {program.Process}");
    }

    private async Task HealthyAsync(string name, SupervisedProgram program, ApiAccess access, string path, CancellationToken cancellationToken)
    {
        using var client = new HttpApiClient(access, site.Time);
        var since = site.Time.GetTimestamp();
        for (var said = "nothing yet"; ;)
        {
            try
            {
                await client.TextAsync(path, cancellationToken);
                return;
            }
            catch (Exception exception) when (exception is HttpRequestException or ApiStatusException)
            {
                said = exception.Message;
            }

            if (program.Process is not { IsAlive: true } || site.Time.GetElapsedTime(since) > Patience)
            {
                throw new SimulatorStartException($"{name} does not become healthy ({said}). Its log is {folder.Log(name)} and ends so:\n{await LogTailAsync(name, cancellationToken)}");
            }

            await Task.Delay(Pause, site.Time, cancellationToken);
        }
    }

    private async Task<string> LogTailAsync(string name, CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync(folder.Log(name), cancellationToken);
        return string.Join('\n', lines.TakeLast(LogTailLines));
    }
}
