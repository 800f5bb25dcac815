namespace Harness.Simulator.Ec2.World;

/// <summary>A zone's part of a VPC, out of which private addresses are handed.</summary>
public sealed record Subnet(string SubnetId, string VpcId, string AvailabilityZone, Ipv4Block CidrBlock, bool DefaultForAz)
{
    /// <summary>The first address that may be handed out: EC2 keeps the first four of each subnet for itself.</summary>
    public uint FirstUsable => CidrBlock.First + 4;

    /// <summary>The last address that may be handed out: EC2 keeps the last one.</summary>
    public uint LastUsable => CidrBlock.Last - 1;
}
