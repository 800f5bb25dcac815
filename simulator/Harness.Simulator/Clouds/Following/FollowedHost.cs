using System.Net;

namespace Harness.Simulator.Clouds.Following;

/// <summary>What a follower knows of one instance's machine. A value.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Address">Where the machine is, or is to be, reached.</param>
/// <param name="Phase">Where it is in its life.</param>
/// <param name="BootAt">Not to be booted before.</param>
/// <param name="KeepsDisk">While it ends: it may be switched on again.</param>
/// <param name="Misses">How many lists in a row did not tell of it.</param>
internal sealed record FollowedHost(string InstanceId, IPAddress Address, FollowedPhase Phase, DateTimeOffset BootAt, bool KeepsDisk = false, int Misses = 0)
{
    /// <summary>Whether nobody else can have the address now.</summary>
    public bool HoldsAddress => Phase is FollowedPhase.On or FollowedPhase.Ending;
}
