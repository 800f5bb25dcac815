using System.Diagnostics;

namespace Grpc.Tests.Hosting;

/// <summary>Where the gRPC implementations of others are; <c>scripts/setup-peers</c> puts them there. Thread-safe.</summary>
internal static class PeerTools
{
    private static readonly string Root = FindRoot();
    private static readonly string GoProgram = Path.Combine(Root, ".tools", "peers", "interop");
    private static readonly Lazy<Task<string?>> Python = new(() => SetUpAsync("python"));
    private static readonly Lazy<Task<string?>> Node = new(() => SetUpAsync("node"));
    private static readonly Lazy<Task<string?>> Go = new(SetUpGoAsync);

    /// <summary>Starts <c>peers/NAME.py</c> or <c>.js</c>, or the program of <c>peers/interop</c> with NAME. Skips the test, with the reason, when the language's gRPC cannot be had.</summary>
    public static async Task<PeerProcess> StartAsync(string language, string name, params string[] arguments)
    {
        var missing = await (language switch { "python" => Python, "node" => Node, _ => Go }).Value;
        Skip.If(missing is not null, $"No gRPC for {language} here. {missing}");
        var folder = Path.Combine(Root, "agent", "Harness.Grpc.Tests", "peers");
        var start = language switch
        {
            "python" => new ProcessStartInfo("/usr/bin/python3", [Path.Combine(folder, $"{name}.py"), .. arguments]),
            "node" => new ProcessStartInfo("node", [Path.Combine(folder, $"{name}.js"), .. arguments]),
            _ => new ProcessStartInfo(GoProgram, [name, .. arguments]),
        };
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

    private static async Task<string?> SetUpGoAsync()
    {
        if (await SetUpAsync("go") is { } missing)
        {
            return missing;
        }

        var source = Path.Combine(Root, "agent", "Harness.Grpc.Tests", "peers", "interop");
        var start = new ProcessStartInfo(FindGo(), ["build", "-o", GoProgram, "."]) { WorkingDirectory = source, RedirectStandardError = true };
        start.Environment["GO111MODULE"] = "off";
        start.Environment["GOPATH"] = "/usr/share/gocode";
        start.Environment["GOFLAGS"] = "";
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? null : throw new InvalidOperationException($"{source} does not build: {errors}");
    }

    /// <summary>Debian's Go is not always on the PATH.</summary>
    private static string FindGo() => Directory.EnumerateDirectories("/usr/lib", "go-*")
        .Select(folder => Path.Combine(folder, "bin", "go"))
        .Where(File.Exists)
        .Order(StringComparer.Ordinal)
        .LastOrDefault("go");

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
