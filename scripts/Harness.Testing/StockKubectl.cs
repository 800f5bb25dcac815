namespace Harness.Testing;

/// <summary>The kubectls that tests can run: Debian's, where scripts/setup-peers has put it, and the one on the PATH.</summary>
public static class StockKubectl
{
    /// <summary>Their paths; empty when the machine has none.</summary>
    public static IReadOnlyList<string> Found { get; } =
    [
        .. new[] { Path.Combine(CheckoutFolder.Root, ".tools", "kubernetes-client", "usr", "bin", "kubectl") }
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "kubectl")))
            .Where(File.Exists)
            .DistinctBy(WhereItReallyIs)
            .Take(2),
    ];

    /// <summary>On most machines /bin is a link to /usr/bin: the same program twice.</summary>
    private static string WhereItReallyIs(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        return Path.Combine(new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder, Path.GetFileName(file));
    }
}
