namespace Harness.Agent.Workloads.Linux;

/// <summary>A path of the instance, links resolved, and where a workload finds it.</summary>
internal sealed record ResolvedMount(string Source, string Target, bool ReadOnly);
