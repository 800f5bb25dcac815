using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Discovery;

/// <summary>
/// <c>/version</c>: which Kubernetes API the server imitates. kubectl compares its own version with it; the build metadata tells that this is
/// no stock server. Pure.
/// </summary>
internal static class VersionDocument
{
    public const string Major = "1";
    public const string Minor = "34";

    public static JsonObject Create() => new()
    {
        ["major"] = Major,
        ["minor"] = Minor,
        ["emulationMajor"] = Major,
        ["emulationMinor"] = Minor,
        ["minCompatibilityMajor"] = Major,
        ["minCompatibilityMinor"] = "33",
        ["gitVersion"] = $"v{Major}.{Minor}.0+harness",
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "1970-01-01T00:00:00Z",
        ["goVersion"] = "",
        ["compiler"] = "",
        ["platform"] = "linux/amd64",
    };
}
