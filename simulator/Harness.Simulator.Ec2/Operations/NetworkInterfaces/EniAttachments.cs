using System.Collections.Immutable;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Operations.NetworkInterfaces;

/// <summary>What becomes of an instance's network interfaces. Pure, within a <see cref="Transaction"/>.</summary>
internal static class EniAttachments
{
    /// <summary>Attaches what a launch asked for to a new instance; gives the interface's id.</summary>
    public static string Attach(Transaction transaction, InterfaceRequest request, string instanceId)
    {
        var networkInterface = request.ExistingId is { } existingId
            ? InterfaceLookup.FindFree(transaction.State, existingId)
            : Create(transaction, request.Subnet, request.PrivateIpAddress, request.GroupIds, request.Description);
        transaction.Put(networkInterface with
        {
            Attachment = new EniAttachment(
                transaction.NextId("eni-attach"), instanceId, request.DeviceIndex, request.DeleteOnTermination, transaction.Now),
        });
        return networkInterface.NetworkInterfaceId;
    }

    /// <summary>A new interface, not yet put into the state.</summary>
    public static NetworkInterface Create(
        Transaction transaction, Subnet subnet, string? privateIpAddress, ImmutableArray<string> groupIds, string description) => new()
    {
        NetworkInterfaceId = transaction.NextId("eni"),
        SubnetId = subnet.SubnetId,
        VpcId = subnet.VpcId,
        AvailabilityZone = subnet.AvailabilityZone,
        Address = privateIpAddress is null
            ? AddressPool.Take(transaction, subnet)
            : AddressPool.Take(transaction, subnet, privateIpAddress),
        Description = description,
        SecurityGroupIds = groupIds,
        MacAddress = transaction.NextMacAddress(),
    };

    /// <summary>Deletes those that go with their instance, and sets the others free.</summary>
    public static void ReleaseAll(Transaction transaction, Instance instance)
    {
        foreach (var networkInterface in instance.NetworkInterfaceIds.Select(id => transaction.State.NetworkInterfaces[id]))
        {
            if (networkInterface.Attachment is { DeleteOnTermination: true })
            {
                transaction.Remove(networkInterface);
            }
            else
            {
                transaction.Put(networkInterface with { Attachment = null });
            }
        }
    }
}
