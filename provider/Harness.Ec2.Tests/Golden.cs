namespace Harness.Ec2.Tests;

/// <summary>Reads the files beside the tests.</summary>
internal static class Golden
{
    public static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "goldens", name)).TrimEnd('\n');
}
