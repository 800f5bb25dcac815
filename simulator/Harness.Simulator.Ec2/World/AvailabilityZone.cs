namespace Harness.Simulator.Ec2.World;

/// <summary>A zone of the region: its name (`us-west-2a`) and its id (`usw2-az1`).</summary>
public sealed record AvailabilityZone(string ZoneName, string ZoneId);
