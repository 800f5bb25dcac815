namespace Grpc.Tests.Hosting;

/// <summary>
/// One run of a client program of others against our server; its cases are the tests of a class. Runs with the first
/// test that asks for its case.
/// </summary>
public abstract class PeerClientRun(string language)
{
    private readonly SemaphoreSlim _gate = new(1);
    private Dictionary<string, string>? _results;
    private string _errors = "";

    /// <summary>"ok", or what went wrong.</summary>
    internal async Task<string> ResultAsync(string name)
    {
        await _gate.WaitAsync();
        try
        {
            _results ??= await RunAsync();
            return _results.TryGetValue(name, out var result) ? result : $"The program ended without it. {_errors}";
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<Dictionary<string, string>> RunAsync()
    {
        await using var host = await GrpcHost.StartAsync();
        await using var process = await PeerTools.StartAsync(language, "client", host.Authority);
        var results = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await process.ReadLineAsync() is { } line)
        {
            var parts = line.Split(' ', 2);
            results[parts[0]] = parts[^1];
        }

        _errors = process.Errors;
        return results;
    }
}
