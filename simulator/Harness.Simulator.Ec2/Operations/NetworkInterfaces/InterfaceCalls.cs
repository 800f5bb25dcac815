using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Operations.Network;
using Harness.Simulator.Ec2.Operations.Tags;
using Harness.Simulator.Ec2.Query;
using static Harness.Simulator.Ec2.Query.Ec2Xml;

namespace Harness.Simulator.Ec2.Operations.NetworkInterfaces;

/// <summary>
/// CreateNetworkInterface (its ClientToken counts for the region), DescribeNetworkInterfaces and DeleteNetworkInterface. Pure, within a
/// <see cref="Transaction"/>.
/// </summary>
internal static class InterfaceCalls
{
    private static readonly Listing<NetworkInterface> List = new(
        "DescribeNetworkInterfaces", "networkInterfaceSet", InterfaceFilters.Table,
        networkInterface => networkInterface.NetworkInterfaceId);

    public static IEnumerable<XElement?> Create(Transaction transaction, QueryParameters parameters)
    {
        var token = parameters.Text("ClientToken");
        var digest = parameters.Digest("ClientToken", "DryRun");
        if (token is not null && transaction.State.InterfaceTokens.TryGetValue(token, out var known))
        {
            parameters.AcceptAll();
            return Replay(transaction, known, digest);
        }

        var networkInterface = Make(transaction, parameters) with { ClientToken = token };
        transaction.Put(networkInterface);
        TagSpecifications.Read(parameters, "network-interface").Apply(
            transaction, "network-interface", networkInterface.NetworkInterfaceId);
        if (token is not null)
        {
            var made = new InterfaceToken(digest, networkInterface.NetworkInterfaceId);
            transaction.Update(state => state with { InterfaceTokens = state.InterfaceTokens.SetItem(token, made) });
        }

        return Created(transaction, networkInterface);
    }

    public static IEnumerable<XElement?> Describe(Transaction transaction, QueryParameters parameters)
    {
        var ids = parameters.List("NetworkInterfaceId");
        Listing<NetworkInterface>.RefusePagedIds(parameters, ids, "networkInterfaceIdSet");
        var interfaces = ids.Count > 0
            ? ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(id => InterfaceLookup.Find(transaction.State, id))
            : transaction.State.NetworkInterfaces.Values;
        return List.Answer(transaction, parameters, interfaces, (state, one) => InterfaceXml.Of(state, one));
    }

    public static IEnumerable<XElement?> Delete(Transaction transaction, QueryParameters parameters)
    {
        transaction.Remove(InterfaceLookup.FindFree(transaction.State, parameters.RequiredText("NetworkInterfaceId")));
        return [Flag("return", true)];
    }

    private static IEnumerable<XElement?> Replay(Transaction transaction, InterfaceToken known, string digest)
    {
        if (known.ParametersDigest != digest)
        {
            throw Refusals.ParameterMismatch();
        }

        return transaction.State.NetworkInterfaces.TryGetValue(known.NetworkInterfaceId, out var made)
            ? Created(transaction, made)
            : throw Refusals.InvalidParameterCombination(
                "The client token you have provided is associated with resource(s) that are already deleted. "
                + "Please use a different client token.");
    }

    private static NetworkInterface Make(Transaction transaction, QueryParameters parameters)
    {
        var subnet = NetworkLookup.Subnet(transaction.World, parameters.RequiredText("SubnetId"));
        var groups = NetworkLookup.GroupIds(transaction.World, parameters.List("SecurityGroupId"), [], subnet);
        if (parameters.Text("InterfaceType") is { } type and not "interface")
        {
            throw Refusals.InvalidParameterValue(
                $"Value ({type}) for parameter interfaceType is invalid. The emulated EC2 has the type 'interface' only.");
        }

        return EniAttachments.Create(
            transaction, subnet, parameters.Text("PrivateIpAddress"), groups, parameters.Text("Description") ?? "");
    }

    /// <summary>EC2 answers with the status pending, though the interface is available at once.</summary>
    private static IEnumerable<XElement?> Created(Transaction transaction, NetworkInterface networkInterface) =>
    [
        Element("networkInterface", InterfaceXml.Of(transaction.State, networkInterface, "pending")),
        OptionalText("clientToken", networkInterface.ClientToken),
    ];
}
