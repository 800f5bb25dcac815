namespace Harness.Testing;

/// <summary>
/// The agents of <c>agent/samples</c>, made ready to run: what they need is installed and the contract's bundle written, by the scripts that
/// an author runs. Thread-safe.
/// </summary>
public static class SampleAgents
{
    /// <summary>The languages that there is a sample in.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["python", "node", "go"];

    /// <summary>Program and first arguments, to be followed by address, port and state folder; null, and why, when the language cannot be had here.</summary>
    public static async Task<(IReadOnlyList<string>? CommandLine, string Missing)> PrepareAsync(string language)
    {
        var peers = await ProgramRun.OfAsync(Script("setup-peers"), [language]);
        if (peers.ExitCode != 0)
        {
            return (null, $"No gRPC for {language} here: {peers.Errors.Trim()}");
        }

        (await ProgramRun.OfAsync(Script("contract-bundle"), [])).MustSucceed();
        if (language == "go")
        {
            (await ProgramRun.OfAsync(Path.Combine(Folder(language), "build"), [])).MustSucceed();
        }

        return (CommandLine(language), "");
    }

    private static string[] CommandLine(string language) => language switch
    {
        "python" => ["/usr/bin/python3", Path.Combine(Folder(language), "agent.py")],
        "node" => ["/usr/bin/env", "node", Path.Combine(Folder(language), "agent.js")],
        "go" => [Path.Combine(CheckoutFolder.Root, "artifacts", "sample-agent-go")],
        _ => throw new ArgumentException($"There is no sample in {language}."),
    };

    private static string Folder(string language) => Path.Combine(CheckoutFolder.Root, "agent", "samples", language);

    private static string Script(string name) => Path.Combine(CheckoutFolder.Root, "scripts", name);
}
