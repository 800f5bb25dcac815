namespace Grpc.Tests.Hosting;

/// <summary>A server program of others, started with the first test that needs it and shared by the rest of its class.</summary>
public abstract class PeerServer(string language) : IAsyncLifetime
{
    private PeerProcess? _process;
    private int _port;

    internal async Task<string> StartAsync(string? certificates = null)
    {
        if (_process is null)
        {
            _process = await PeerTools.StartAsync(language, "server", certificates is null ? [] : [certificates]);
            var line = await _process.ReadLineAsync();
            _port = int.TryParse(line, out var port)
                ? port
                : throw new InvalidOperationException($"The {language} server did not start: {line} {_process.Errors}");
        }

        return $"127.0.0.1:{_port}";
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }
}
