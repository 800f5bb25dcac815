using Harness.Provider.Configuration;

namespace Harness.Provider.Node;

/// <summary>What a Node object is made of, besides the time. A value.</summary>
internal sealed record NodeFacts(string Name, string NodeIp, int KubeletPort, NodeConfiguration Configuration, string Version)
{
    /// <summary>The sweep found more instances without a pod than it believes.</summary>
    public bool SweepStopped { get; init; }
}
