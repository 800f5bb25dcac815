using System.Globalization;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Operations.NetworkInterfaces;

/// <summary>The filters that DescribeNetworkInterfaces documents. Those on things that the emulation does not have match nothing.</summary>
internal static class InterfaceFilters
{
    public static readonly FilterTable<NetworkInterface> Table = new(
        new Dictionary<string, FilterValues<NetworkInterface>>(StringComparer.Ordinal)
        {
            ["network-interface-id"] = (_, one) => [one.NetworkInterfaceId],
            ["subnet-id"] = (_, one) => [one.SubnetId],
            ["vpc-id"] = (_, one) => [one.VpcId],
            ["availability-zone"] = (_, one) => [one.AvailabilityZone],
            ["status"] = (_, one) => [one.Status],
            ["description"] = (_, one) => [one.Description],
            ["mac-address"] = (_, one) => [one.MacAddress],
            ["owner-id"] = (state, _) => [state.World.OwnerId],
            ["private-ip-address"] = (_, one) => [Ipv4Block.FormatAddress(one.Address)],
            ["private-dns-name"] = (state, one) => [state.PrivateDnsNameOf(one.Address)],
            ["addresses.private-ip-address"] = (_, one) => [Ipv4Block.FormatAddress(one.Address)],
            ["addresses.primary"] = (_, _) => ["true"],
            ["group-id"] = (_, one) => one.SecurityGroupIds,
            ["group-name"] = (state, one) =>
                state.World.SecurityGroups.Where(group => one.SecurityGroupIds.Contains(group.GroupId)).Select(group => group.GroupName),
            ["attachment.attachment-id"] = (_, one) => [one.Attachment?.AttachmentId],
            ["attachment.instance-id"] = (_, one) => [one.Attachment?.InstanceId],
            ["attachment.instance-owner-id"] = (state, one) => [one.Attachment is null ? null : state.World.OwnerId],
            ["attachment.device-index"] = (_, one) => [one.Attachment?.DeviceIndex.ToString(CultureInfo.InvariantCulture)],
            ["attachment.status"] = (_, one) => [one.Attachment is null ? null : "attached"],
            ["attachment.delete-on-termination"] = (_, one) =>
                [one.Attachment is { } attachment ? Flag(attachment.DeleteOnTermination) : null],
            ["attachment.attach-time"] = (_, one) =>
                [one.Attachment is { } attachment ? Ec2Xml.Time("time", attachment.AttachTime).Value : null],
            ["interface-type"] = (_, _) => ["interface"],
            ["requester-managed"] = (_, _) => ["false"],
            ["source-dest-check"] = (_, _) => ["true"],
            ["requester-id"] = (_, _) => [],
            ["association.public-ip"] = (_, _) => [],
            ["association.allocation-id"] = (_, _) => [],
            ["association.association-id"] = (_, _) => [],
            ["association.ip-owner-id"] = (_, _) => [],
            ["association.public-dns-name"] = (_, _) => [],
            ["addresses.association.public-ip"] = (_, _) => [],
            ["addresses.association.owner-id"] = (_, _) => [],
            ["ipv6-addresses.ipv6-address"] = (_, _) => [],
        },
        networkInterface => networkInterface.NetworkInterfaceId);

    private static string Flag(bool flag) => flag ? "true" : "false";
}
