using System.Collections.Immutable;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Operations.Network;
using Harness.Simulator.Ec2.Query;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Operations.NetworkInterfaces;

/// <summary>
/// Reads which interfaces a launch asks for: NetworkInterface.N, or one primary interface of instance-level parameters. Pure.
/// </summary>
internal static class InterfaceRequests
{
    public static ImmutableArray<InterfaceRequest> Read(Transaction transaction, QueryParameters parameters, string? availabilityZone)
    {
        var structures = parameters.Structures("NetworkInterface");
        return structures.Count == 0
            ? [Primary(transaction.World, parameters, availabilityZone)]
            : [.. Explicit(transaction, parameters, structures, availabilityZone).OrderBy(request => request.DeviceIndex)];
    }

    private static InterfaceRequest Primary(SeedWorld world, QueryParameters parameters, string? availabilityZone)
    {
        var subnet = parameters.Text("SubnetId") is { } subnetId
            ? NetworkLookup.Subnet(world, subnetId)
            : NetworkLookup.DefaultSubnet(world, availabilityZone);
        if (availabilityZone is not null && subnet.AvailabilityZone != availabilityZone)
        {
            throw Refusals.InvalidParameterValue(
                $"The availability zone '{availabilityZone}' does not match the availability zone '{subnet.AvailabilityZone}' "
                + $"of subnet '{subnet.SubnetId}'.");
        }

        var groups = NetworkLookup.GroupIds(world, parameters.List("SecurityGroupId"), parameters.List("SecurityGroup"), subnet);
        return new InterfaceRequest(0, null, subnet, groups, parameters.Text("PrivateIpAddress"), DeleteOnTermination: true, "");
    }

    private static List<InterfaceRequest> Explicit(
        Transaction transaction, QueryParameters parameters, IReadOnlyList<QueryParameters> structures, string? availabilityZone)
    {
        RefuseInstanceLevel(parameters);
        var requests = structures.Select(structure => One(transaction, structure, availabilityZone)).ToList();
        if (requests.Select(request => request.DeviceIndex).Distinct().Count() != requests.Count)
        {
            throw Refusals.InvalidParameterCombination("Each network interface requires a unique device index.");
        }

        if (requests.All(request => request.DeviceIndex != 0))
        {
            throw Refusals.InvalidParameterCombination("The network interfaces must contain one with the device index 0.");
        }

        return requests.Select(request => request.Subnet.AvailabilityZone).Distinct(StringComparer.Ordinal).Count() == 1
            ? requests
            : throw Refusals.InvalidParameterCombination("The network interfaces must be in one availability zone.");
    }

    private static InterfaceRequest One(Transaction transaction, QueryParameters structure, string? availabilityZone)
    {
        structure.Accept("AssociatePublicIpAddress", "NetworkCardIndex", "InterfaceType");
        var deviceIndex = structure.RequiredNumber("DeviceIndex");
        if (structure.Text("NetworkInterfaceId") is { } existingId)
        {
            var existing = InterfaceLookup.Find(transaction.State, existingId);
            return new InterfaceRequest(
                deviceIndex, existingId, NetworkLookup.Subnet(transaction.World, existing.SubnetId), existing.SecurityGroupIds, null,
                structure.Flag("DeleteOnTermination"), existing.Description);
        }

        var subnet = structure.Text("SubnetId") is { } subnetId
            ? NetworkLookup.Subnet(transaction.World, subnetId)
            : NetworkLookup.DefaultSubnet(transaction.World, availabilityZone);
        return new InterfaceRequest(
            deviceIndex, null, subnet, NetworkLookup.GroupIds(transaction.World, structure.List("SecurityGroupId"), [], subnet),
            structure.Text("PrivateIpAddress"), structure.Flag("DeleteOnTermination", otherwise: true),
            structure.Text("Description") ?? "");
    }

    private static void RefuseInstanceLevel(QueryParameters parameters)
    {
        foreach (var (name, words) in new[]
        {
            ("SubnetId", "subnet ID"), ("SecurityGroupId", "security groups"), ("SecurityGroup", "security groups"),
            ("PrivateIpAddress", "private address"),
        })
        {
            if (parameters.Has(name))
            {
                throw Refusals.InvalidParameterCombination(
                    $"Network interfaces and an instance-level {words} may not be specified on the same request");
            }
        }
    }
}
