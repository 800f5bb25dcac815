using System.Collections.Immutable;

namespace Harness.Simulator.Ec2.Model;

/// <summary>What one step of the model made: the next state, what to do, and which instances changed, in order.</summary>
internal sealed record Ec2Step(Ec2State State, ImmutableArray<Effect> Effects, ImmutableArray<string> ChangedInstanceIds);
