namespace Harness.Simulator.Ec2.World;

/// <summary>An IAM instance profile that instances may be launched with.</summary>
public sealed record InstanceProfile(string Name, string Id, string Arn);
