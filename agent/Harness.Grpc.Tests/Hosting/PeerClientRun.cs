namespace Grpc.Tests.Hosting;

/// <summary>
/// One run of a client program of others against our server; its cases are the tests of a class. Starts with the first
/// test that asks for its case. Thread-safe.
/// </summary>
public abstract class PeerClientRun
{
    private readonly Lazy<Task<Dictionary<string, string>>> _results;

    private protected PeerClientRun(string language)
    {
        _results = new Lazy<Task<Dictionary<string, string>>>(() => RunAsync(language));
    }

    /// <summary>"ok", or what went wrong.</summary>
    internal async Task<string> ResultAsync(string name) =>
        (await _results.Value).GetValueOrDefault(name, "The program ended without this case.");

    /// <summary>The results of all cases against a server that runs already.</summary>
    internal static async Task<Dictionary<string, string>> RunAsync(string language, params string[] arguments)
    {
        await using var process = await PeerTools.StartAsync(language, "client", arguments);
        return await ReadResultsAsync(process, language);
    }

    /// <summary>What a program says of its cases, up to its end.</summary>
    internal static async Task<Dictionary<string, string>> ReadResultsAsync(PeerProcess process, string language)
    {
        var results = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await process.ReadLineAsync() is { } line)
        {
            var parts = line.Split(' ', 2);
            results[parts[0]] = parts[^1];
        }

        return results.Count > 0
            ? results
            : throw new InvalidOperationException($"The {language} client did not run: {process.Errors}");
    }

    private static async Task<Dictionary<string, string>> RunAsync(string language)
    {
        await using var host = await GrpcHost.StartAsync();
        return await RunAsync(language, host.Authority);
    }
}
