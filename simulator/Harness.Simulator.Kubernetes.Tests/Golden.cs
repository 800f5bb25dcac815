using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tests;

/// <summary>Recordings of a real API server in the folder goldens, as this project's tests read them.</summary>
internal static class Golden
{
    public static TheoryData<string> Names(string folder) =>
        [.. Directory.EnumerateFiles(PathOf(folder), "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal).Select(name => name!)];

    public static JsonObject Json(string path) => JsonNode.Parse(File.ReadAllBytes(PathOf(path)))!.AsObject();

    public static byte[] Bytes(string path) => File.ReadAllBytes(PathOf(path));

    private static string PathOf(string path) => Path.Combine(AppContext.BaseDirectory, "goldens", path);
}
