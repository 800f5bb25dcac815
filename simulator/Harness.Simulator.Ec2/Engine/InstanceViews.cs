using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Engine;

/// <summary>Makes the public view of an instance out of the model's state. Pure.</summary>
internal static class InstanceViews
{
    public static InstanceView Of(Ec2State state, Instance instance)
    {
        var primary = state.PrimaryInterfaceOf(instance);
        return new InstanceView
        {
            InstanceId = instance.InstanceId,
            State = instance.State,
            StateReasonCode = instance.StateReason?.Code,
            InstanceType = instance.InstanceType,
            ImageId = instance.ImageId,
            Architecture = instance.Architecture,
            AvailabilityZone = instance.AvailabilityZone,
            SubnetId = instance.SubnetId,
            PrivateIpAddress = primary is null ? null : Ipv4Block.FormatAddress(primary.Address),
            PrivateDnsName = primary is null ? null : state.PrivateDnsNameOf(primary.Address),
            UserDataBase64 = instance.UserDataBase64,
            ClientToken = instance.ClientToken,
            IamInstanceProfileArn = instance.Profile?.Profile.Arn,
            LaunchTime = instance.LaunchTime,
            Boot = instance.Boot,
            Tags = state.TagsOf(instance.InstanceId),
        };
    }
}
