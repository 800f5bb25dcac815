using System.CommandLine;
using Harness.Simulator.Kubernetes.Comparison.Requests;

namespace Harness.Simulator.Kubernetes.Comparison;

/// <summary>The command line: its options, and what becomes of an error. Ends 0 when nothing is open, 1 when something is, 2 for wrong usage, 3 when a server cannot be had.</summary>
internal static class CompareCommand
{
    private const int Environment = 3;

    public static RootCommand Create()
    {
        var controlPlane = new Option<DirectoryInfo?>("--control-plane") { Description = "Folder with etcd and kube-apiserver; without it the recorded answers are taken" };
        var record = new Option<DirectoryInfo?>("--record") { Description = "Folder that takes the real server's normalised answers" };
        var report = new Option<DirectoryInfo?>("--report") { Description = "Folder that takes api-comparison.md and api-comparison.json" };
        var chapters = new Argument<string[]>("chapter") { Description = "Chapters to play; all of them when none is named", Arity = ArgumentArity.ZeroOrMore };
        chapters.AcceptOnlyFromAmong([.. RequestSet.Names]);
        var root = new RootCommand("Plays API requests against a real kube-apiserver and the embedded one, and compares the answers.") { controlPlane, record, report, chapters };
        root.SetAction((parsed, cancellationToken) => RunAsync(new CompareOptions(
            parsed.GetValue(controlPlane)?.FullName, parsed.GetValue(record)?.FullName, parsed.GetValue(report)?.FullName, parsed.GetValue(chapters) ?? []), cancellationToken));
        return root;
    }

    private static async Task<int> RunAsync(CompareOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await new CompareRun(options, TimeProvider.System, Console.Out).RunAsync(cancellationToken) ? 0 : 1;
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or TimeoutException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            await Console.Error.WriteLineAsync($"compare-apis: {failure.Message}");
            return Environment;
        }
    }
}
