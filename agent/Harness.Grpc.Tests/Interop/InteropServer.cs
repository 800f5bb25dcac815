using Grpc.Tests.Hosting;

namespace Grpc.Tests.Interop;

/// <summary>A peer's server of the cases, behind a tap; started with the first test that needs it and shared by its class.</summary>
public abstract class InteropServer(string language) : IAsyncLifetime
{
    private PeerProcess? _process;

    internal WireTap? Tap { get; private set; }

    internal async Task<string> StartAsync()
    {
        if (Tap is null)
        {
            _process = await PeerTools.StartAsync(language, "interop_server", InteropDescriptors.Path);
            var line = await _process.ReadLineAsync();
            Tap = int.TryParse(line, out var port)
                ? WireTap.Start(port)
                : throw new InvalidOperationException($"The {language} server did not start: {line} {_process.Errors}");
        }

        return Tap.Address;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (Tap is not null)
        {
            await Tap.DisposeAsync();
        }

        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }
}
