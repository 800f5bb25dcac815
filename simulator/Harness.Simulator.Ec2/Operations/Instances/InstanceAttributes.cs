using System.Collections.Frozen;
using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Operations.NetworkInterfaces;
using Harness.Simulator.Ec2.Query;
using static Harness.Simulator.Ec2.Query.Ec2Xml;

namespace Harness.Simulator.Ec2.Operations.Instances;

/// <summary>DescribeInstanceAttribute: one attribute of one instance. Pure.</summary>
internal static class InstanceAttributes
{
    private static readonly FrozenDictionary<string, Func<Ec2State, Instance, XElement>> Attributes =
        new Dictionary<string, Func<Ec2State, Instance, XElement>>(StringComparer.Ordinal)
        {
            ["userData"] = (_, instance) => Value("userData", instance.UserDataBase64),
            ["disableApiTermination"] = (_, instance) => Value("disableApiTermination", instance.DisableApiTermination),
            ["disableApiStop"] = (_, _) => Value("disableApiStop", false),
            ["instanceType"] = (_, instance) => Value("instanceType", instance.InstanceType),
            ["instanceInitiatedShutdownBehavior"] = (_, instance) =>
                Value("instanceInitiatedShutdownBehavior", instance.TerminatesOnShutdown ? "terminate" : "stop"),
            ["rootDeviceName"] = (_, instance) => Value("rootDeviceName", instance.RootVolume.DeviceName),
            ["ebsOptimized"] = (_, instance) => Value("ebsOptimized", instance.EbsOptimized),
            ["enaSupport"] = (_, _) => Value("enaSupport", true),
            ["sourceDestCheck"] = (_, _) => Value("sourceDestCheck", true),
            ["kernel"] = (_, _) => Element("kernel"),
            ["ramdisk"] = (_, _) => Element("ramdisk"),
            ["productCodes"] = (_, _) => Element("productCodes"),
            ["groupSet"] = (state, instance) =>
                state.PrimaryInterfaceOf(instance) is { } primary ? InterfaceXml.Groups(state, primary) : Element("groupSet"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<XElement?> Describe(Transaction transaction, QueryParameters parameters)
    {
        var instance = InstanceLookup.Find(transaction, parameters.RequiredText("InstanceId"));
        var name = parameters.RequiredText("Attribute");
        return Attributes.TryGetValue(name, out var attribute)
            ? [Text("instanceId", instance.InstanceId), attribute(transaction.State, instance)]
            : throw Refusals.InvalidParameterValue($"Value ({name}) for parameter attribute is invalid. Unknown attribute.");
    }

    private static XElement Value(string name, string? value) => Element(name, OptionalText("value", value));

    private static XElement Value(string name, bool value) => Element(name, Flag("value", value));
}
