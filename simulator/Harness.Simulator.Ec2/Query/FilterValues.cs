using Harness.Simulator.Ec2.Model;

namespace Harness.Simulator.Ec2.Query;

/// <summary>The values that a resource has under a filter's name; none, or null ones, match nothing.</summary>
internal delegate IEnumerable<string?> FilterValues<in T>(Ec2State state, T resource);
