using System.Text.Json.Nodes;
using Harness.Testing;

namespace Harness.Simulator.Tests.Sessions;

/// <summary>A stock kubectl, with a kubeconfig and a cache of its own.</summary>
internal sealed class Kubectl(string program, string kubeconfig, string home)
{
    public Task<ProgramRun> TryAsync(params string[] arguments) =>
        ProgramRun.OfAsync(program, arguments, new Dictionary<string, string> { ["KUBECONFIG"] = kubeconfig, ["HOME"] = home });

    /// <summary>Runs a command that must succeed and gives what it printed.</summary>
    public async Task<string> RunAsync(params string[] arguments) => (await TryAsync(arguments)).MustSucceed();

    public async Task<JsonNode> JsonAsync(params string[] arguments) => JsonNode.Parse(await RunAsync([.. arguments, "-o", "json"]))!;
}
