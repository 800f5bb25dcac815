namespace Harness.Simulator.Programs;

/// <summary>The environment that child programs start from: what they need to run, and nothing of the user's.</summary>
internal static class ProgramEnvironment
{
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>PATH, HOME and where the .NET runtime is.</summary>
    public static Dictionary<string, string> Minimal(string home)
    {
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? DefaultPath,
            ["HOME"] = home,
        };
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root)
        {
            environment["DOTNET_ROOT"] = root;
        }

        return environment;
    }
}
