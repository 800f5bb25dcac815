using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Model;

/// <summary>The instance profile that an instance has, and since when.</summary>
internal sealed record ProfileAssociation(string AssociationId, InstanceProfile Profile, DateTimeOffset Since);
