namespace Harness.Simulator.Clouds;

/// <summary>The objects in EC2 and S3 that an instance is launched with. A value.</summary>
internal sealed record CloudResources(string SubnetId, string SecurityGroupId, string ImageId, string AgentBucket, string AgentKey);
