using System.Text.Json.Nodes;

namespace Harness.Simulator.Tests.Sessions;

/// <summary>One simulator for all tests of bad input: its provider has no default image.</summary>
public sealed class BadInputSimulator : IAsyncLifetime
{
    private SimulatorFixture? _simulator;

    internal SimulatorFixture Simulator => _simulator!;

    public async Task InitializeAsync() =>
        _simulator = await SimulatorFixture.StartAsync(options => options with
        {
            ProviderConfiguration = new JsonObject { ["VMConfig"] = new JsonObject { ["DefaultAMI"] = null } },
        });

    public async Task DisposeAsync()
    {
        if (_simulator is { } simulator)
        {
            await simulator.DisposeAsync();
        }
    }
}
