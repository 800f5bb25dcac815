using System.Text.Json.Nodes;
using Harness.Testing;

namespace Harness.Simulator.Tests.Sessions;

/// <summary>A stock kubectl, with a kubeconfig and a cache of its own.</summary>
internal sealed class Kubectl(string program, string kubeconfig, string home)
{
    /// <summary>Debian's, as scripts/setup-peers fetches it, and whatever stands on the PATH.</summary>
    public static IReadOnlyList<string> Found { get; } =
    [
        .. new[] { Path.Combine(BuiltPrograms.Root, ".tools", "kubernetes-client", "usr", "bin", "kubectl") }
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "kubectl")))
            .Where(File.Exists)
            .Take(2),
    ];

    public Task<ProgramRun> TryAsync(params string[] arguments) =>
        ProgramRun.OfAsync(program, arguments, new Dictionary<string, string> { ["KUBECONFIG"] = kubeconfig, ["HOME"] = home });

    /// <summary>Runs a command that must succeed and gives what it printed.</summary>
    public async Task<string> RunAsync(params string[] arguments) => (await TryAsync(arguments)).MustSucceed();

    public async Task<JsonNode> JsonAsync(params string[] arguments) => JsonNode.Parse(await RunAsync([.. arguments, "-o", "json"]))!;
}
