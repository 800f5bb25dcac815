using Harness.Agent.Workloads;

namespace Harness.Agent.Logs;

/// <summary>What a reader of a log wants. Tail counts lines; null means all of them, and both streams.</summary>
internal sealed record LogQuery(bool Follow, bool Timestamps, long? Tail, long? LimitBytes, DateTimeOffset? Since, OutputStream? Stream = null);
