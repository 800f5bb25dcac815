namespace Harness.Simulator.Kubernetes.Comparison.Requests;

/// <summary>Finds the chapters that stand beside the program. Reads files, keeps nothing.</summary>
internal static class RequestSet
{
    private const string Extension = ".http";

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "requests");

    /// <summary>The names of all chapters, in the order in which they are played.</summary>
    public static IReadOnlyList<string> Names =>
        [.. Directory.EnumerateFiles(Folder, "*" + Extension).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    public static Chapter Read(string name)
    {
        var reader = new ChapterReader(File.ReadAllText(Path.Combine(Folder, "templates", "life" + Extension)));
        return reader.Read(name, File.ReadAllText(Path.Combine(Folder, name + Extension)));
    }
}
