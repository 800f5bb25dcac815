namespace Harness.Simulator.Ec2.World;

/// <summary>A security group, described but not enforced: it allows all traffic among its members and everything outbound.</summary>
public sealed record SecurityGroup(string GroupId, string GroupName, string Description, string VpcId);
