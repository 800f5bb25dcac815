using System.Globalization;
using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;
using Harness.Simulator.Ec2.World;
using static Harness.Simulator.Ec2.Query.Ec2Xml;

namespace Harness.Simulator.Ec2.Operations.Network;

/// <summary>DescribeSubnets. Pure.</summary>
internal static class DescribeSubnets
{
    private static readonly FilterTable<Subnet> Filters = new(
        new Dictionary<string, FilterValues<Subnet>>(StringComparer.Ordinal)
        {
            ["subnet-id"] = (_, subnet) => [subnet.SubnetId],
            ["subnet-arn"] = (state, subnet) => [ArnOf(state, subnet)],
            ["vpc-id"] = (_, subnet) => [subnet.VpcId],
            ["availability-zone"] = (_, subnet) => [subnet.AvailabilityZone],
            ["availabilityZone"] = (_, subnet) => [subnet.AvailabilityZone],
            ["availability-zone-id"] = (state, subnet) => [ZoneIdOf(state, subnet)],
            ["availabilityZoneId"] = (state, subnet) => [ZoneIdOf(state, subnet)],
            ["available-ip-address-count"] = (state, subnet) => [FreeOf(state, subnet).ToString(CultureInfo.InvariantCulture)],
            ["cidr-block"] = (_, subnet) => [subnet.CidrBlock.ToString()],
            ["cidr"] = (_, subnet) => [subnet.CidrBlock.ToString()],
            ["cidrBlock"] = (_, subnet) => [subnet.CidrBlock.ToString()],
            ["default-for-az"] = (_, subnet) => [subnet.DefaultForAz ? "true" : "false"],
            ["defaultForAz"] = (_, subnet) => [subnet.DefaultForAz ? "true" : "false"],
            ["map-public-ip-on-launch"] = (_, _) => ["false"],
            ["owner-id"] = (state, _) => [state.World.OwnerId],
            ["state"] = (_, _) => ["available"],
            ["ipv6-native"] = (_, _) => ["false"],
            ["outpost-arn"] = (_, _) => [],
        },
        subnet => subnet.SubnetId);

    private static readonly Listing<Subnet> List = new("DescribeSubnets", "subnetSet", Filters, subnet => subnet.SubnetId);

    public static IEnumerable<XElement?> Run(Transaction transaction, QueryParameters parameters)
    {
        var ids = parameters.List("SubnetId");
        Listing<Subnet>.RefusePagedIds(parameters, ids, "subnetIdSet");
        var subnets = ids.Count > 0 ? ids.Select(id => NetworkLookup.Subnet(transaction.World, id)) : transaction.World.Subnets;
        return List.Answer(transaction, parameters, subnets.OrderBy(subnet => subnet.SubnetId, StringComparer.Ordinal), Of);
    }

    private static IEnumerable<object?> Of(Ec2State state, Subnet subnet) =>
    [
        Text("subnetId", subnet.SubnetId),
        Text("subnetArn", ArnOf(state, subnet)),
        Text("state", "available"),
        Text("ownerId", state.World.OwnerId),
        Text("vpcId", subnet.VpcId),
        Text("cidrBlock", subnet.CidrBlock.ToString()),
        Element("ipv6CidrBlockAssociationSet"),
        Number("availableIpAddressCount", FreeOf(state, subnet)),
        Text("availabilityZone", subnet.AvailabilityZone),
        Text("availabilityZoneId", ZoneIdOf(state, subnet)),
        Flag("defaultForAz", subnet.DefaultForAz),
        Flag("mapPublicIpOnLaunch", false),
        Flag("mapCustomerOwnedIpOnLaunch", false),
        Flag("assignIpv6AddressOnCreation", false),
        Flag("ipv6Native", false),
        TagSet(state.TagsOf(subnet.SubnetId)),
    ];

    private static long FreeOf(Ec2State state, Subnet subnet) => AddressPool.FreeBySubnet(state)[subnet.SubnetId];

    private static string ZoneIdOf(Ec2State state, Subnet subnet) =>
        state.World.AvailabilityZones.First(zone => zone.ZoneName == subnet.AvailabilityZone).ZoneId;

    private static string ArnOf(Ec2State state, Subnet subnet) =>
        $"arn:aws:ec2:{state.World.Region}:{state.World.OwnerId}:subnet/{subnet.SubnetId}";
}
