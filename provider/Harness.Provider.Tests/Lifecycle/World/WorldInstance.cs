using Harness.Provider.Lifecycle;

namespace Harness.Provider.Tests.Lifecycle.World;

/// <summary>An instance in the modelled EC2, with the agent on it.</summary>
internal sealed class WorldInstance(string id, string token, DateTimeOffset launchedAt)
{
    public string Id { get; } = id;
    public string Token { get; } = token;
    public DateTimeOffset LaunchedAt { get; } = launchedAt;
    public InstanceState State { get; set; } = InstanceState.Pending;
    public bool AgentUp { get; set; }

    /// <summary>Applications launched on it; launching the same pod again changes nothing.</summary>
    public int Launches { get; set; }
    public PodPhase Application { get; set; } = PodPhase.None;

    public InstanceFacts Facts => new(Id, "127.0.0." + Id, State, LaunchedAt);
}
