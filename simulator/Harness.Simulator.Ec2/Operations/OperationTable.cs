using System.Collections.Frozen;
using System.Xml.Linq;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Operations.Catalogue;
using Harness.Simulator.Ec2.Operations.Instances;
using Harness.Simulator.Ec2.Operations.Network;
using Harness.Simulator.Ec2.Operations.NetworkInterfaces;
using Harness.Simulator.Ec2.Operations.Tags;
using Harness.Simulator.Ec2.Query;

namespace Harness.Simulator.Ec2.Operations;

/// <summary>What one action does: changes the transaction and gives the content of its response document.</summary>
internal delegate IEnumerable<XElement?> Operation(Transaction transaction, QueryParameters parameters);

/// <summary>Every action that is there, by name. Each reads all parameters that it honours; the model refuses the others by name.</summary>
internal static class OperationTable
{
    private static readonly FrozenDictionary<string, Operation> Operations = new Dictionary<string, Operation>(StringComparer.Ordinal)
    {
        ["RunInstances"] = RunInstances.Run,
        ["DescribeInstances"] = DescribeInstances.Run,
        ["DescribeInstanceStatus"] = DescribeInstanceStatus.Run,
        ["TerminateInstances"] = InstanceStateCalls.Terminate,
        ["StopInstances"] = InstanceStateCalls.Stop,
        ["StartInstances"] = InstanceStateCalls.Start,
        ["RebootInstances"] = InstanceStateCalls.Reboot,
        ["DescribeInstanceAttribute"] = InstanceAttributes.Describe,
        ["ModifyInstanceAttribute"] = ModifyInstanceAttribute.Run,
        ["AssociateIamInstanceProfile"] = ProfileAssociations.Associate,
        ["ReplaceIamInstanceProfileAssociation"] = ProfileAssociations.Replace,
        ["DisassociateIamInstanceProfile"] = ProfileAssociations.Disassociate,
        ["DescribeIamInstanceProfileAssociations"] = ProfileAssociations.Describe,
        ["CreateTags"] = TagCalls.Create,
        ["DeleteTags"] = TagCalls.Delete,
        ["DescribeTags"] = TagCalls.Describe,
        ["CreateNetworkInterface"] = InterfaceCalls.Create,
        ["DescribeNetworkInterfaces"] = InterfaceCalls.Describe,
        ["DeleteNetworkInterface"] = InterfaceCalls.Delete,
        ["DescribeSubnets"] = DescribeSubnets.Run,
        ["DescribeVpcs"] = DescribeVpcs.Run,
        ["DescribeSecurityGroups"] = DescribeSecurityGroups.Run,
        ["DescribeImages"] = DescribeImages.Run,
        ["DescribeKeyPairs"] = DescribeKeyPairs.Run,
        ["DescribeInstanceTypes"] = DescribeInstanceTypes.Run,
        ["DescribeInstanceTypeOfferings"] = DescribeInstanceTypeOfferings.Run,
        ["DescribeAvailabilityZones"] = DescribeAvailabilityZones.Run,
        ["DescribeRegions"] = DescribeRegions.Run,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => Operations.Keys.Order(StringComparer.Ordinal);

    public static Operation? Find(string action) => Operations.GetValueOrDefault(action);
}
