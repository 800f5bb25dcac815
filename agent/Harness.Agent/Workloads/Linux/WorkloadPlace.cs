using System.Collections.Immutable;

namespace Harness.Agent.Workloads.Linux;

/// <summary>Where the commands of a container run, and their whole environment.</summary>
internal sealed record WorkloadPlace(string Folder, ImmutableArray<KeyValuePair<string, string>> Environment);
