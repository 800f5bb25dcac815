using Harness.Agent.Applications;

namespace Harness.Agent.Workloads;

/// <summary>What happens in a session, in order. Ended is the last.</summary>
internal abstract record SessionEvent
{
    public sealed record Output(OutputStream Stream, ReadOnlyMemory<byte> Data) : SessionEvent;

    /// <summary>So much more of the input has gone to the command (or is of no use to it any more).</summary>
    public sealed record InputConsumed(long Bytes) : SessionEvent;

    public sealed record Ended(WorkloadExit Exit) : SessionEvent;
}
