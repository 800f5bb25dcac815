namespace Grpc.Tests.Hosting;

/// <summary>
/// One run of a client program of others against our server; its cases are the tests of a class. Starts with the first
/// test that asks for its case. Thread-safe.
/// </summary>
public abstract class PeerClientRun
{
    private readonly Lazy<Task<Dictionary<string, string>>> _results;
    private string _errors = "";

    private protected PeerClientRun(string language)
    {
        _results = new Lazy<Task<Dictionary<string, string>>>(() => RunAsync(language));
    }

    /// <summary>"ok", or what went wrong.</summary>
    internal async Task<string> ResultAsync(string name) =>
        (await _results.Value).TryGetValue(name, out var result) ? result : $"The program ended without it. {_errors}";

    private async Task<Dictionary<string, string>> RunAsync(string language)
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
