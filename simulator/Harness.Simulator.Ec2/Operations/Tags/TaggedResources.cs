using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Operations.Instances;
using Harness.Simulator.Ec2.Operations.Network;
using Harness.Simulator.Ec2.Operations.NetworkInterfaces;

namespace Harness.Simulator.Ec2.Operations.Tags;

/// <summary>Tells whether a resource that is to be tagged is there, or refuses with its kind's own code. Pure.</summary>
internal static class TaggedResources
{
    public static void Check(Transaction transaction, string resourceId)
    {
        var world = transaction.World;
        switch (ResourceIds.TypeOf(resourceId))
        {
            case "instance":
                InstanceLookup.Find(transaction, resourceId);
                break;
            case "network-interface":
                InterfaceLookup.Find(transaction.State, resourceId);
                break;
            case "volume":
                CheckVolume(transaction, resourceId);
                break;
            case "subnet":
                NetworkLookup.Subnet(world, resourceId);
                break;
            case "security-group":
                NetworkLookup.Group(world, resourceId);
                break;
            case "vpc" when world.Vpcs.All(vpc => vpc.VpcId != resourceId):
                throw Refusals.VpcNotFound(resourceId);
            case "image" when world.Images.All(image => image.ImageId != resourceId):
                throw Refusals.ImageNotFound(resourceId);
            case "key-pair" when world.KeyPairs.All(key => key.KeyPairId != resourceId):
                throw Refusals.KeyPairNotFound(resourceId);
            case "vpc" or "image" or "key-pair":
                break;
            default:
                throw new Ec2Refusal("InvalidID", $"The ID '{resourceId}' is not valid");
        }
    }

    private static void CheckVolume(Transaction transaction, string volumeId)
    {
        var isThere = transaction.State.Instances.Values.Any(
            instance => instance.RootVolume.VolumeId == volumeId && instance.State != InstanceState.Terminated);
        if (!isThere)
        {
            throw new Ec2Refusal("InvalidVolume.NotFound", $"The volume '{volumeId}' does not exist.");
        }
    }
}
