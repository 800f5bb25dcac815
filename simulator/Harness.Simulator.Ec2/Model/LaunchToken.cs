using System.Collections.Immutable;

namespace Harness.Simulator.Ec2.Model;

/// <summary>What a ClientToken of RunInstances stands for: the parameters that it came with and the instances that it made.</summary>
internal sealed record LaunchToken(string ParametersDigest, string ReservationId, ImmutableArray<string> InstanceIds);
