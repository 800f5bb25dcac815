using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;
using Harness.Simulator.Ec2.World;
using static Harness.Simulator.Ec2.Query.Ec2Xml;

namespace Harness.Simulator.Ec2.Operations.Network;

/// <summary>DescribeSecurityGroups. Every group lets in its own members and lets out everything. Pure.</summary>
internal static class DescribeSecurityGroups
{
    private static readonly FilterTable<SecurityGroup> Filters = new(
        new Dictionary<string, FilterValues<SecurityGroup>>(StringComparer.Ordinal)
        {
            ["group-id"] = (_, group) => [group.GroupId],
            ["group-name"] = (_, group) => [group.GroupName],
            ["description"] = (_, group) => [group.Description],
            ["vpc-id"] = (_, group) => [group.VpcId],
            ["owner-id"] = (state, _) => [state.World.OwnerId],
            ["ip-permission.group-id"] = (_, group) => [group.GroupId],
            ["ip-permission.group-name"] = (_, group) => [group.GroupName],
            ["ip-permission.user-id"] = (state, _) => [state.World.OwnerId],
            ["ip-permission.protocol"] = (_, _) => ["-1"],
            ["ip-permission.cidr"] = (_, _) => [],
            ["ip-permission.from-port"] = (_, _) => [],
            ["ip-permission.to-port"] = (_, _) => [],
            ["egress.ip-permission.protocol"] = (_, _) => ["-1"],
            ["egress.ip-permission.cidr"] = (_, _) => ["0.0.0.0/0"],
            ["egress.ip-permission.from-port"] = (_, _) => [],
            ["egress.ip-permission.to-port"] = (_, _) => [],
        },
        group => group.GroupId);

    private static readonly Listing<SecurityGroup> List = new(
        "DescribeSecurityGroups", "securityGroupInfo", Filters, group => group.GroupId);

    public static IEnumerable<XElement?> Run(Transaction transaction, QueryParameters parameters)
    {
        var (ids, names) = (parameters.List("GroupId"), parameters.List("GroupName"));
        Listing<SecurityGroup>.RefusePagedIds(parameters, ids, "groupIdSet");
        var groups = ids.Count + names.Count > 0
            ? ids.Select(id => NetworkLookup.Group(transaction.World, id))
                .Concat(names.Select(name => ByName(transaction.World, name))).Distinct()
            : transaction.World.SecurityGroups;
        return List.Answer(transaction, parameters, groups.OrderBy(group => group.GroupId, StringComparer.Ordinal), Of);
    }

    private static SecurityGroup ByName(SeedWorld world, string name) =>
        world.SecurityGroups.FirstOrDefault(group => group.GroupName == name)
        ?? throw new Ec2Refusal("InvalidGroup.NotFound", $"The security group '{name}' does not exist in default VPC");

    private static IEnumerable<object?> Of(Ec2State state, SecurityGroup group) =>
    [
        Text("ownerId", state.World.OwnerId),
        Text("groupId", group.GroupId),
        Text("groupName", group.GroupName),
        Text("groupDescription", group.Description),
        Text("vpcId", group.VpcId),
        Set("ipPermissions", [group.GroupId], id => Permission(
            Set("groups", [id], member => [Text("userId", state.World.OwnerId), Text("groupId", member)]), Element("ipRanges"))),
        Set("ipPermissionsEgress", ["0.0.0.0/0"], range => Permission(
            Element("groups"), Set("ipRanges", [range], cidr => [Text("cidrIp", cidr)]))),
        TagSet(state.TagsOf(group.GroupId)),
    ];

    private static IEnumerable<object?> Permission(XElement groups, XElement ranges) =>
        [Text("ipProtocol", "-1"), groups, ranges, Element("ipv6Ranges"), Element("prefixListIds")];
}
