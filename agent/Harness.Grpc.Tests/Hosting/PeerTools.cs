using System.Diagnostics;

namespace Grpc.Tests.Hosting;

/// <summary>Where the gRPC implementations of others are; <c>scripts/setup-peers</c> puts them there. Thread-safe.</summary>
internal static class PeerTools
{
    private static readonly string Root = FindRoot();
    private static readonly Lazy<Task<string?>> Python = new(() => SetUpAsync("python"));
    private static readonly Lazy<Task<string?>> Node = new(() => SetUpAsync("node"));

    /// <summary>Starts <c>peers/NAME.py</c> or <c>.js</c>. Skips the test, with the reason, when the language's gRPC cannot be had.</summary>
    public static async Task<PeerProcess> StartAsync(string language, string name, params string[] arguments)
    {
        var missing = await (language == "python" ? Python : Node).Value;
        Skip.If(missing is not null, $"No gRPC for {language} here. {missing}");
        var folder = Path.Combine(Root, "agent", "Harness.Grpc.Tests", "peers");
        var start = language == "python"
            ? new ProcessStartInfo("/usr/bin/python3", [Path.Combine(folder, $"{name}.py"), .. arguments])
            : new ProcessStartInfo("node", [Path.Combine(folder, $"{name}.js"), .. arguments]);
        start.Environment["NODE_PATH"] = Path.Combine(Root, ".tools", "peers", "node_modules");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.Environment["NO_PROXY"] = start.Environment["no_grpc_proxy"] = "*";
        return PeerProcess.Start(start);
    }

    /// <summary>Null when the peer is there, else why not.</summary>
    private static async Task<string?> SetUpAsync(string language)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Root, "scripts", "setup-peers"), [language])
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
        })!;
        process.StandardInput.Close();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? null : errors.Trim();
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Harness.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException($"No Harness.sln above {AppContext.BaseDirectory}: run the tests from a checkout.");
        }

        return folder;
    }
}
