namespace Harness.Kubernetes.Objects.Tests;

/// <summary>The recordings beside the tests, by name. Read only.</summary>
internal static class Goldens
{
    private static readonly string s_root = Path.Combine(AppContext.BaseDirectory, "goldens");

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(s_root, name));

    public static string Text(string name) => File.ReadAllText(Path.Combine(s_root, name));

    /// <summary>A JSON body without the newline at its end.</summary>
    public static byte[] Json(string name) => Bytes(name).AsSpan().TrimEnd((byte)'\n').ToArray();

    public static bool Exists(string name) => File.Exists(Path.Combine(s_root, name));

    /// <summary>The names in a folder with an ending, without that ending, as <c>folder/name</c>.</summary>
    public static IEnumerable<string> Names(string folder, string ending) =>
        Directory.EnumerateFiles(Path.Combine(s_root, folder), "*" + ending)
            .Select(path => $"{folder}/{Path.GetFileName(path)[..^ending.Length]}")
            .Order(StringComparer.Ordinal);
}
