using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Operations.Network;
using Harness.Simulator.Ec2.Query;
using Harness.Simulator.Ec2.World;
using static Harness.Simulator.Ec2.Query.Ec2Xml;

namespace Harness.Simulator.Ec2.Operations.Instances;

/// <summary>
/// ModifyInstanceAttribute for security groups, termination protection, shutdown behaviour, user data and type; in the form `Name.Value`
/// and in the older one, `Attribute` and `Value`. One attribute a call, as on EC2. Pure, within a <see cref="Transaction"/>.
/// </summary>
internal static class ModifyInstanceAttribute
{
    public static IEnumerable<XElement?> Run(Transaction transaction, QueryParameters parameters)
    {
        var instance = InstanceLookup.Find(transaction, parameters.RequiredText("InstanceId"));
        if (instance.State is InstanceState.ShuttingDown or InstanceState.Terminated)
        {
            throw Refusals.IncorrectInstanceState(instance.InstanceId, "modified");
        }

        var groupIds = parameters.List("GroupId");
        if (groupIds.Count > 0)
        {
            SetGroups(transaction, instance, groupIds);
            return [Flag("return", true)];
        }

        var (name, value) = Change(parameters);
        transaction.Put(With(transaction, instance, name, value));
        return [Flag("return", true)];
    }

    private static (string Name, string Value) Change(QueryParameters parameters)
    {
        if (parameters.Text("Attribute") is { } attribute)
        {
            return (attribute, parameters.RequiredText("Value"));
        }

        foreach (var (parameter, name) in new[]
        {
            ("DisableApiTermination", "disableApiTermination"), ("InstanceInitiatedShutdownBehavior", "instanceInitiatedShutdownBehavior"),
            ("UserData", "userData"), ("InstanceType", "instanceType"),
        })
        {
            if (parameters.Structure(parameter).Text("Value") is { } value)
            {
                return (name, value);
            }
        }

        throw parameters.FirstUnread() is { } unread
            ? Refusals.UnknownParameter(unread)
            : Refusals.InvalidParameterCombination("No attributes specified.");
    }

    private static Instance With(Transaction transaction, Instance instance, string name, string value) => name switch
    {
        "disableApiTermination" when bool.TryParse(value, out var flag) => instance with { DisableApiTermination = flag },
        "instanceInitiatedShutdownBehavior" => instance with { TerminatesOnShutdown = LaunchParameters.TerminatesOnShutdown(value) },
        "userData" => Stopped(instance) with { UserDataBase64 = LaunchParameters.CheckUserData(value) },
        "instanceType" => Stopped(instance) with
        {
            InstanceType = LaunchParameters.Type(transaction.World, value, ImageOf(transaction, instance)).Name,
        },
        _ => throw Refusals.InvalidParameterValue($"Value ({value}) for parameter {name} is invalid. It cannot be set so."),
    };

    private static MachineImage ImageOf(Transaction transaction, Instance instance) =>
        transaction.World.Images.First(image => image.ImageId == instance.ImageId);

    private static Instance Stopped(Instance instance) => instance.State == InstanceState.Stopped
        ? instance
        : throw new Ec2Refusal("IncorrectInstanceState", $"The instance '{instance.InstanceId}' is not in the 'stopped' state.");

    private static void SetGroups(Transaction transaction, Instance instance, IReadOnlyList<string> groupIds)
    {
        var primary = transaction.State.PrimaryInterfaceOf(instance)
            ?? throw Refusals.IncorrectInstanceState(instance.InstanceId, "modified");
        var subnet = NetworkLookup.Subnet(transaction.World, primary.SubnetId);
        transaction.Put(primary with { SecurityGroupIds = NetworkLookup.GroupIds(transaction.World, groupIds, [], subnet) });
        transaction.Put(instance);
    }
}
