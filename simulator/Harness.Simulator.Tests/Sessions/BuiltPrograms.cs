using System.Reflection;

namespace Harness.Simulator.Tests.Sessions;

/// <summary>Where the build put the programs that these tests run.</summary>
internal static class BuiltPrograms
{
    /// <summary>The checkout's root.</summary>
    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary>The folder of the <c>sim</c> program.</summary>
    private static string SimulatorFolder { get; } = Metadata("SimulatorFolder");

    public static string Simulator => Path.Combine(SimulatorFolder, "sim");

    public static string Provider => Path.Combine(SimulatorFolder, "programs", "provider", "vk-provider");

    public static string Agent => Path.Combine(SimulatorFolder, "programs", "agent", "vkvm-agent");

    public static string Sample(string name) => Path.Combine(Root, "kind", "samples", name);

    /// <summary>An agent of these tests, in the sources.</summary>
    public static string ScriptedAgent(string name) => Path.Combine(Root, "simulator", "Harness.Simulator.Tests", "Sessions", "agents", name);

    private static string Metadata(string key) =>
        typeof(BuiltPrograms).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
