using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;
using static Harness.Simulator.Ec2.Query.Ec2Xml;

namespace Harness.Simulator.Ec2.Operations.Instances;

/// <summary>
/// The calls about which IAM instance profile an instance has: associate, replace, disassociate, describe. A change takes effect at once.
/// Pure, within a <see cref="Transaction"/>.
/// </summary>
internal static class ProfileAssociations
{
    private static readonly FilterTable<Instance> Filters = new(
        new Dictionary<string, FilterValues<Instance>>(StringComparer.Ordinal)
        {
            ["instance-id"] = (_, instance) => [instance.InstanceId],
            ["state"] = (_, _) => ["associated"],
        });

    private static readonly Listing<Instance> List = new(
        "DescribeIamInstanceProfileAssociations", "iamInstanceProfileAssociationSet", Filters, instance => instance.InstanceId);

    public static IEnumerable<XElement?> Associate(Transaction transaction, QueryParameters parameters)
    {
        var instance = InstanceLookup.Find(transaction, parameters.RequiredText("InstanceId"));
        if (instance.State is InstanceState.ShuttingDown or InstanceState.Terminated)
        {
            throw Refusals.IncorrectInstanceState(instance.InstanceId, "modified");
        }

        return instance.Profile is null
            ? Put(transaction, instance, parameters)
            : throw new Ec2Refusal("IncorrectState", $"There is an existing association for instance {instance.InstanceId}");
    }

    public static IEnumerable<XElement?> Replace(Transaction transaction, QueryParameters parameters) =>
        Put(transaction, Find(transaction, parameters.RequiredText("AssociationId")), parameters);

    public static IEnumerable<XElement?> Disassociate(Transaction transaction, QueryParameters parameters)
    {
        var instance = Find(transaction, parameters.RequiredText("AssociationId"));
        transaction.Put(instance with { Profile = null });
        return [Element("iamInstanceProfileAssociation", Of(instance, "disassociating"))];
    }

    public static IEnumerable<XElement?> Describe(Transaction transaction, QueryParameters parameters)
    {
        var ids = parameters.List("AssociationId");
        var associated = transaction.State.Instances.Values.Where(instance => instance.Profile is not null);
        var named = ids.Count > 0
            ? ids.Select(id => Find(transaction, id)).OrderBy(instance => instance.InstanceId, StringComparer.Ordinal)
            : associated;
        return List.Answer(transaction, parameters, named, (_, instance) => Of(instance, "associated"));
    }

    private static Instance Find(Transaction transaction, string associationId) =>
        transaction.State.Instances.Values.FirstOrDefault(instance => instance.Profile?.AssociationId == associationId)
        ?? throw new Ec2Refusal("NoSuchAssociation", $"The association ID '{associationId}' does not exist");

    private static IEnumerable<XElement?> Put(Transaction transaction, Instance instance, QueryParameters parameters)
    {
        var profile = ProfileLookup.Read(transaction.World, parameters.Structure("IamInstanceProfile"))
            ?? throw Refusals.MissingParameter("IamInstanceProfile");
        var associated = instance with { Profile = new ProfileAssociation(transaction.NextId("iip-assoc"), profile, transaction.Now) };
        transaction.Put(associated);
        return [Element("iamInstanceProfileAssociation", Of(associated, "associating"))];
    }

    private static IEnumerable<object?> Of(Instance instance, string state) =>
    [
        Text("associationId", instance.Profile!.AssociationId),
        Text("instanceId", instance.InstanceId),
        ProfileXml.Of(instance.Profile),
        Text("state", state),
        Time("timestamp", instance.Profile.Since),
    ];
}
