using Harness.Simulator.Ec2.Model;

namespace Harness.Simulator.Ec2.Operations.NetworkInterfaces;

/// <summary>Finds network interfaces by id, or refuses in EC2's words. Pure.</summary>
internal static class InterfaceLookup
{
    public static NetworkInterface Find(Ec2State state, string networkInterfaceId)
    {
        ResourceIds.Check(networkInterfaceId, "eni", "InvalidNetworkInterfaceId.Malformed");
        return state.NetworkInterfaces.GetValueOrDefault(networkInterfaceId) ?? throw Refusals.InterfaceNotFound(networkInterfaceId);
    }

    /// <summary>An interface that nothing is attached to.</summary>
    public static NetworkInterface FindFree(Ec2State state, string networkInterfaceId)
    {
        var found = Find(state, networkInterfaceId);
        return found.Attachment is null ? found : throw Refusals.InterfaceInUse(networkInterfaceId);
    }
}
