using Harness.Simulator.Clusters;

namespace Harness.Simulator.Tests.Sessions;

/// <summary>
/// The cluster that the sessions run on: the embedded one, or what HARNESS_CLUSTER names (<c>processes</c>), as scripts/test-real does.
/// </summary>
internal static class ChosenCluster
{
    public const string Variable = "HARNESS_CLUSTER";

    public static ClusterChoice Choice { get; } = Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" or "embedded" => new ClusterChoice.Embedded(),
        "processes" => new ClusterChoice.Processes(),
        var other => throw new InvalidOperationException($"{Variable} is {other}, not embedded or processes."),
    };

    public static bool IsReal => Choice is not ClusterChoice.Embedded;

    /// <summary>Skips, by name, a test that needs a real control plane.</summary>
    public static void RequireReal() => Skip.IfNot(IsReal, $"Needs a real control plane: make test-real, or {Variable}=processes");

    /// <summary>Skips, by name, a test that looks inside the embedded cluster.</summary>
    public static void RequireEmbedded() => Skip.If(IsReal, "Is about the embedded cluster");
}
