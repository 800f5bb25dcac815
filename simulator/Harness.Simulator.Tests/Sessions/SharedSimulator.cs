namespace Harness.Simulator.Tests.Sessions;

/// <summary>One simulator for all tests that leave it as they found it.</summary>
public sealed class SharedSimulator : IAsyncLifetime
{
    private SimulatorFixture? _simulator;

    internal SimulatorFixture Simulator => _simulator!;

    public async Task InitializeAsync() => _simulator = await SimulatorFixture.StartAsync();

    public async Task DisposeAsync()
    {
        if (_simulator is { } simulator)
        {
            await simulator.DisposeAsync();
        }
    }
}
