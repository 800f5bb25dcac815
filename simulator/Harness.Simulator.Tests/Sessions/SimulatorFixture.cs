using Harness.Simulator.Composition;
using Harness.Simulator.Hosts;
using Harness.Simulator.State;
using Harness.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Tests.Sessions;

/// <summary>
/// A whole simulator for one test: real provider, real agents, zero boot delay, any free block and agent port. What it left
/// behind, if anything, fails the test that owns it.
/// </summary>
internal sealed class SimulatorFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private SimulatorFixture(Simulation simulation, SimDirectory directory, TemporaryFolder folder)
    {
        Simulation = simulation;
        Directory = directory;
        _folder = folder;
        Pods = new PodSession(this);
    }

    public Simulation Simulation { get; }

    public SimDirectory Directory { get; }

    public static async Task<SimulatorFixture> StartAsync(Func<SimulationOptions, SimulationOptions>? change = null)
    {
        var folder = new TemporaryFolder();
        var directory = new SimDirectory(Path.Combine(folder.Path, "sim"));
        try
        {
            var options = new SimulationOptions
            {
                Directory = directory,
                ProviderProgram = BuiltPrograms.Provider,
                Agent = AgentCommand.Reference(BuiltPrograms.Agent),
                Cluster = ChosenCluster.Choice,
                BootDelay = TimeSpan.Zero,
                StartTimeout = TimeSpan.FromMinutes(2),
            };
            var simulation = await Simulation.StartAsync(change?.Invoke(options) ?? options, new Progress<string>(), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
            return new SimulatorFixture(simulation, directory, folder);
        }
        catch (SimulatorStartException exception)
        {
            var log = File.Exists(directory.ProviderLog) ? await File.ReadAllTextAsync(directory.ProviderLog) : "";
            folder.Dispose();
            throw new InvalidOperationException($"{exception.Message}\n{log}", exception);
        }
    }

    public PodSession Pods { get; }

    public Kubectl Kubectl(string program) => new(program, Directory.Kubeconfig, _folder.Path);

    public async ValueTask DisposeAsync()
    {
        await Simulation.DisposeAsync();
        _folder.Dispose();
    }
}
