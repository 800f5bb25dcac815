using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;
using Harness.Simulator.Ec2.World;
using static Harness.Simulator.Ec2.Query.Ec2Xml;

namespace Harness.Simulator.Ec2.Operations.Network;

/// <summary>DescribeVpcs. Pure.</summary>
internal static class DescribeVpcs
{
    private const string DhcpOptionsId = "dopt-0a000000000000001";
    private const string AssociationId = "vpc-cidr-assoc-0a000000000000001";

    private static readonly FilterTable<Vpc> Filters = new(
        new Dictionary<string, FilterValues<Vpc>>(StringComparer.Ordinal)
        {
            ["vpc-id"] = (_, vpc) => [vpc.VpcId],
            ["cidr"] = (_, vpc) => [vpc.CidrBlock.ToString()],
            ["cidr-block-association.cidr-block"] = (_, vpc) => [vpc.CidrBlock.ToString()],
            ["cidr-block-association.association-id"] = (_, _) => [AssociationId],
            ["cidr-block-association.state"] = (_, _) => ["associated"],
            ["dhcp-options-id"] = (_, _) => [DhcpOptionsId],
            ["is-default"] = (_, vpc) => [vpc.IsDefault ? "true" : "false"],
            ["isDefault"] = (_, vpc) => [vpc.IsDefault ? "true" : "false"],
            ["owner-id"] = (state, _) => [state.World.OwnerId],
            ["state"] = (_, _) => ["available"],
        },
        vpc => vpc.VpcId);

    private static readonly Listing<Vpc> List = new("DescribeVpcs", "vpcSet", Filters, vpc => vpc.VpcId);

    public static IEnumerable<XElement?> Run(Transaction transaction, QueryParameters parameters)
    {
        var ids = parameters.List("VpcId");
        Listing<Vpc>.RefusePagedIds(parameters, ids, "vpcIdSet");
        var vpcs = ids.Count > 0 ? ids.Select(id => Find(transaction.World, id)) : transaction.World.Vpcs;
        return List.Answer(transaction, parameters, vpcs.OrderBy(vpc => vpc.VpcId, StringComparer.Ordinal), Of);
    }

    private static Vpc Find(SeedWorld world, string vpcId)
    {
        ResourceIds.Check(vpcId, "vpc", "InvalidVpcId.Malformed");
        return world.Vpcs.FirstOrDefault(vpc => vpc.VpcId == vpcId) ?? throw Refusals.VpcNotFound(vpcId);
    }

    private static IEnumerable<object?> Of(Ec2State state, Vpc vpc) =>
    [
        Text("vpcId", vpc.VpcId),
        Text("ownerId", state.World.OwnerId),
        Text("state", "available"),
        Text("cidrBlock", vpc.CidrBlock.ToString()),
        Set("cidrBlockAssociationSet", [vpc.CidrBlock.ToString()], block =>
        [
            Text("cidrBlock", block), Text("associationId", AssociationId), Element("cidrBlockState", Text("state", "associated")),
        ]),
        Text("dhcpOptionsId", DhcpOptionsId),
        Text("instanceTenancy", "default"),
        Flag("isDefault", vpc.IsDefault),
        TagSet(state.TagsOf(vpc.VpcId)),
    ];
}
