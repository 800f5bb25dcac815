using Grpc.Tests.Hosting;

namespace Grpc.Tests.Interop;

/// <summary>One run of a peer's client through all cases, against our server. Starts with the first test that asks. Thread-safe.</summary>
public abstract class InteropClientRun
{
    private readonly Lazy<Task<Dictionary<string, string>>> _results;

    private protected InteropClientRun(string language)
    {
        _results = new Lazy<Task<Dictionary<string, string>>>(() => RunAsync(language));
    }

    /// <summary>"ok", or what went wrong.</summary>
    internal async Task<string> ResultAsync(string name) =>
        (await _results.Value).GetValueOrDefault(name, "The program ended without this case.");

    private static async Task<Dictionary<string, string>> RunAsync(string language)
    {
        await using var host = await InteropHost.StartAsync();
        await using var process = await PeerTools.StartAsync(language, "interop_client", host.Authority, InteropDescriptors.Path);
        return await PeerClientRun.ReadResultsAsync(process, language);
    }
}
