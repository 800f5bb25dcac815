namespace Harness.Simulator.Host.Commands;

/// <summary>Where the programs that the simulator starts stand: beside it, in folders of their own (the build puts them there).</summary>
internal static class ProgramFiles
{
    public static string Provider => Path.Combine(AppContext.BaseDirectory, "programs", "provider", "vk-provider");

    public static string Agent => Path.Combine(AppContext.BaseDirectory, "programs", "agent", "vkvm-agent");

    /// <summary>This program itself.</summary>
    public static string Simulator => Path.Combine(AppContext.BaseDirectory, "sim");
}
