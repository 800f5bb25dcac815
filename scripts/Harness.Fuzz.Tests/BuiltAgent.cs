using Harness.Testing;

namespace Harness.Fuzz.Tests;

/// <summary>The vkvm-agent program that was built with these tests.</summary>
internal static class BuiltAgent
{
    public static string Path
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
            return System.IO.Path.Combine(
                CheckoutFolder.Root, "agent", "Harness.Agent.Host", "bin", output.Parent!.Name, output.Name, "vkvm-agent");
        }
    }
}
