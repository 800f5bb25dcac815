using System.Diagnostics;
using Harness.Simulator.Composition;

namespace Harness.Simulator.Clusters.Processes;

/// <summary>The four programs of a control plane, found on this machine, and their versions. A value.</summary>
internal sealed record ControlPlanePrograms
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public required string Etcd { get; init; }

    public required string ApiServer { get; init; }

    public required string ControllerManager { get; init; }

    public required string Scheduler { get; init; }

    public required Version EtcdVersion { get; init; }

    public required Version KubernetesVersion { get; init; }

    /// <summary>Looks in the folder that was named, or else on the PATH, in KUBEBUILDER_ASSETS and where scripts/control-plane.sh puts them.</summary>
    /// <exception cref="SimulatorStartException">One is missing or does not run; the message says which, where it was looked for, and the remedy.</exception>
    public static async Task<ControlPlanePrograms> FindAsync(string? folder, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> folders = folder is null ? UsualFolders() : [Path.GetFullPath(folder)];
        string[] names = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"];
        var paths = names.Select(name => folders.Select(place => Path.Combine(place, name)).FirstOrDefault(File.Exists)).ToList();
        var missing = names.Where((_, index) => paths[index] is null).ToList();
        if (missing.Count > 0)
        {
            throw new SimulatorStartException(
                $"{string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} not in {(folder is null ? "any folder of PATH, KUBEBUILDER_ASSETS and " + folders[^1] : folders[0])}. "
                + "scripts/control-plane.sh gets them on Debian; --control-plane names their folder.");
        }

        return new ControlPlanePrograms
        {
            Etcd = paths[0]!,
            ApiServer = paths[1]!,
            ControllerManager = paths[2]!,
            Scheduler = paths[3]!,
            EtcdVersion = await VersionAsync(paths[0]!, "etcd Version: ", cancellationToken),
            KubernetesVersion = await VersionAsync(paths[1]!, "Kubernetes v", cancellationToken),
        };
    }

    /// <summary>The version that follows the prefix in what a program printed; null where there is none.</summary>
    internal static Version? ReadVersion(string printed, string prefix)
    {
        var line = printed.Split('\n').FirstOrDefault(line => line.StartsWith(prefix, StringComparison.Ordinal));
        var digits = string.Concat((line?[prefix.Length..] ?? "").TakeWhile(character => char.IsAsciiDigit(character) || character == '.'));
        return Version.TryParse(digits, out var version) ? version : null;
    }

    private static List<string> UsualFolders()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return [.. path, .. Setting("KUBEBUILDER_ASSETS") is { } assets ? [assets] : Array.Empty<string>(), ScriptFolder()];
    }

    /// <summary>As scripts/control-plane.sh chooses it.</summary>
    private static string ScriptFolder()
    {
        var cache = Setting("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(Setting("HARNESS_TOOLS") ?? Path.Combine(cache, "harness"), "control-plane", "bin");
    }

    private static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static async Task<Version> VersionAsync(string program, string prefix, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var printed = "";
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync(both.Token);
            printed = await process.StandardOutput.ReadToEndAsync(both.Token) + await errors;
            await process.WaitForExitAsync(both.Token);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new SimulatorStartException($"{program} --version does not run: {exception.Message}", exception);
        }

        return ReadVersion(printed, prefix)
            ?? throw new SimulatorStartException($"{program} --version tells no version but: {printed.Trim()}");
    }
}
