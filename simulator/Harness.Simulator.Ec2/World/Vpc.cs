namespace Harness.Simulator.Ec2.World;

/// <summary>A virtual network; the simulator has one, over its block of loopback addresses.</summary>
public sealed record Vpc(string VpcId, Ipv4Block CidrBlock, bool IsDefault);
