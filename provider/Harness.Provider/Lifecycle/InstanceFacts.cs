namespace Harness.Provider.Lifecycle;

/// <summary>What the core knows of one EC2 instance. A value.</summary>
internal sealed record InstanceFacts(string Id, string? PrivateIp, InstanceState State, DateTimeOffset? LaunchedAt)
{
    /// <summary>Past return: nothing runs there, and nothing will.</summary>
    public bool IsDead => State is InstanceState.ShuttingDown or InstanceState.Terminated;

    /// <summary>Somebody stopped it: nothing runs there, but it could be started and is still paid for.</summary>
    public bool IsStopped => State is InstanceState.Stopping or InstanceState.Stopped;
}
