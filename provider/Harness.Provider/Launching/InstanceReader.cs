using Harness.Ec2.Model;
using Harness.Provider.Lifecycle;
using InstanceState = Harness.Provider.Lifecycle.InstanceState;

namespace Harness.Provider.Launching;

/// <summary>Reads EC2's instances into the core's terms. Pure.</summary>
internal static class InstanceReader
{
    public static InstanceFacts ToFacts(this Instance instance) =>
        new(instance.InstanceId, instance.PrivateIpAddress is { Length: > 0 } ip ? ip : null, ReadState(instance.State?.Name), instance.LaunchTime);

    public static string? TagValue(this Instance instance, string key) => instance.Tags.FirstOrDefault(tag => tag.Key == key)?.Value;

    /// <summary>A state that EC2 may invent later counts as unknown, never as dead.</summary>
    public static InstanceState ReadState(string? name) => name switch
    {
        "pending" => InstanceState.Pending,
        "running" => InstanceState.Running,
        "stopping" => InstanceState.Stopping,
        "stopped" => InstanceState.Stopped,
        "shutting-down" => InstanceState.ShuttingDown,
        "terminated" => InstanceState.Terminated,
        _ => InstanceState.Unknown,
    };
}
