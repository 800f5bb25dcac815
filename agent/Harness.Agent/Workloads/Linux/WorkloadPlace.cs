using System.Collections.Immutable;

namespace Harness.Agent.Workloads.Linux;

/// <summary>Where the commands of a container run, its own folder, and their whole environment.</summary>
internal sealed record WorkloadPlace(string Folder, string Home, ImmutableArray<KeyValuePair<string, string>> Environment);
