using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.World;
using static Harness.Simulator.Ec2.Query.Ec2Xml;

namespace Harness.Simulator.Ec2.Operations.NetworkInterfaces;

/// <summary>How EC2 writes network interfaces: on their own, and within an instance. Pure.</summary>
internal static class InterfaceXml
{
    /// <summary>An interface on its own; a status other than its own is that of one being created.</summary>
    public static IEnumerable<object?> Of(Ec2State state, NetworkInterface networkInterface, string? status = null) =>
    [
        .. Identity(state, networkInterface, status ?? networkInterface.Status),
        Text("availabilityZone", networkInterface.AvailabilityZone),
        Flag("requesterManaged", false),
        networkInterface.Attachment is { } attachment
            ? Element(
                "attachment",
                [.. Attachment(attachment), Text("instanceId", attachment.InstanceId), Text("instanceOwnerId", state.World.OwnerId)])
            : null,
        TagSet(state.TagsOf(networkInterface.NetworkInterfaceId)),
    ];

    /// <summary>An interface within its instance.</summary>
    public static IEnumerable<object?> OfInstance(Ec2State state, NetworkInterface networkInterface) =>
    [
        .. Identity(state, networkInterface, networkInterface.Status),
        networkInterface.Attachment is { } attachment ? Element("attachment", Attachment(attachment)) : null,
    ];

    public static XElement Groups(Ec2State state, NetworkInterface networkInterface) => Set(
        "groupSet", networkInterface.SecurityGroupIds, id =>
        [
            Text("groupId", id),
            OptionalText("groupName", state.World.SecurityGroups.FirstOrDefault(group => group.GroupId == id)?.GroupName),
        ]);

    private static IEnumerable<object?> Identity(Ec2State state, NetworkInterface networkInterface, string status)
    {
        var address = Ipv4Block.FormatAddress(networkInterface.Address);
        var dnsName = state.PrivateDnsNameOf(networkInterface.Address);
        return
        [
            Text("networkInterfaceId", networkInterface.NetworkInterfaceId),
            Text("subnetId", networkInterface.SubnetId),
            Text("vpcId", networkInterface.VpcId),
            Text("description", networkInterface.Description),
            Text("ownerId", state.World.OwnerId),
            Text("status", status),
            Text("macAddress", networkInterface.MacAddress),
            Text("privateIpAddress", address),
            Text("privateDnsName", dnsName),
            Flag("sourceDestCheck", true),
            Groups(state, networkInterface),
            Set("privateIpAddressesSet", [address], ip =>
                [Text("privateIpAddress", ip), Text("privateDnsName", dnsName), Flag("primary", true)]),
            Element("ipv6AddressesSet"),
            Text("interfaceType", "interface"),
        ];
    }

    private static IEnumerable<object?> Attachment(EniAttachment attachment) =>
    [
        Text("attachmentId", attachment.AttachmentId),
        Number("deviceIndex", attachment.DeviceIndex),
        Number("networkCardIndex", 0),
        Text("status", "attached"),
        Time("attachTime", attachment.AttachTime),
        Flag("deleteOnTermination", attachment.DeleteOnTermination),
    ];
}
