using System.Net;

namespace Harness.Simulator.Clouds.Following;

/// <summary>What a follower has done. For one instance, actions are carried out one after the other, in order.</summary>
internal abstract record FollowerAction(string InstanceId)
{
    internal sealed record Boot(string InstanceId, IPAddress Address) : FollowerAction(InstanceId);

    internal sealed record End(string InstanceId, bool KeepsDisk) : FollowerAction(InstanceId);
}
