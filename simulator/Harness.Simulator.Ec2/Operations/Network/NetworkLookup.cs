using System.Collections.Immutable;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Operations.Network;

/// <summary>Finds subnets and security groups by what a call names, or refuses in EC2's words. Pure.</summary>
internal static class NetworkLookup
{
    public static Subnet Subnet(SeedWorld world, string subnetId)
    {
        ResourceIds.Check(subnetId, "subnet", "InvalidSubnetID.Malformed");
        return world.Subnets.FirstOrDefault(subnet => subnet.SubnetId == subnetId) ?? throw Refusals.SubnetNotFound(subnetId);
    }

    /// <summary>The default VPC's subnet of a zone; of the first zone that has one when none is named.</summary>
    public static Subnet DefaultSubnet(SeedWorld world, string? availabilityZone)
    {
        if (availabilityZone is not null && world.AvailabilityZones.All(zone => zone.ZoneName != availabilityZone))
        {
            throw Refusals.InvalidParameterValue($"Invalid availability zone: [{availabilityZone}]");
        }

        return world.Subnets.FirstOrDefault(
            subnet => subnet.DefaultForAz && (availabilityZone is null || subnet.AvailabilityZone == availabilityZone))
            ?? throw new Ec2Refusal("MissingInput", "No default subnet for availability zone: 'null'.");
    }

    /// <summary>The groups of these ids, or the default group of the VPC when there are none.</summary>
    public static ImmutableArray<string> GroupIds(
        SeedWorld world, IReadOnlyList<string> groupIds, IReadOnlyList<string> groupNames, Subnet subnet)
    {
        var named = groupNames.Select(name => GroupIdOf(world, name, subnet.VpcId));
        var ids = groupIds.Concat(named).Distinct(StringComparer.Ordinal).ToImmutableArray();
        foreach (var id in ids)
        {
            CheckGroup(world, id, subnet);
        }

        return ids.IsEmpty ? [GroupIdOf(world, "default", subnet.VpcId)] : ids;
    }

    public static SecurityGroup Group(SeedWorld world, string groupId)
    {
        ResourceIds.Check(groupId, "sg", "InvalidGroupId.Malformed");
        return world.SecurityGroups.FirstOrDefault(group => group.GroupId == groupId) ?? throw Refusals.GroupNotFound(groupId);
    }

    private static void CheckGroup(SeedWorld world, string groupId, Subnet subnet)
    {
        if (Group(world, groupId).VpcId != subnet.VpcId)
        {
            throw new Ec2Refusal(
                "InvalidParameter", $"Security group {groupId} and subnet {subnet.SubnetId} belong to different networks.");
        }
    }

    private static string GroupIdOf(SeedWorld world, string name, string vpcId) =>
        world.SecurityGroups.FirstOrDefault(group => group.GroupName == name && group.VpcId == vpcId)?.GroupId
        ?? throw new Ec2Refusal("InvalidGroup.NotFound", $"The security group '{name}' does not exist in VPC '{vpcId}'");
}
