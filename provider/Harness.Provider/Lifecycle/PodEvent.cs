using System.Collections.Immutable;

namespace Harness.Provider.Lifecycle;

/// <summary>
/// Something that happened to a pod: its API object changed, an effect had a result, the clock went on. The closed set of
/// inputs of <see cref="PodCore"/>; results of the agent carry the instance they came from, so that a late one is told apart.
/// </summary>
internal abstract record PodEvent
{
    private PodEvent()
    {
    }

    public sealed record Seen(PodDemand Demand) : PodEvent;

    /// <summary>The API object of this UID is gone.</summary>
    public sealed record Vanished : PodEvent;

    public sealed record Tick : PodEvent;

    public sealed record PlanRecorded : PodEvent;

    public sealed record PlanNotRecorded(WriteFailure Failure, string Message) : PodEvent;

    public sealed record InstanceLaunched(InstanceFacts Instance) : PodEvent;

    public sealed record LaunchRefused(LaunchRefusal Refusal, string Code, string Message) : PodEvent;

    /// <summary>No answer, or one that does not tell: the instance may exist.</summary>
    public sealed record LaunchUnknown(string Message) : PodEvent;

    /// <summary>A limit or the pause switch kept the request from being sent.</summary>
    public sealed record LaunchLimited(string Message, TimeSpan RetryAfter) : PodEvent;

    public sealed record TokenLookedUp(ImmutableArray<InstanceFacts> Instances) : PodEvent;

    public sealed record TokenNotLookedUp(string Message) : PodEvent;

    public sealed record InstanceRecorded : PodEvent;

    public sealed record InstanceNotRecorded(WriteFailure Failure, string Message) : PodEvent;

    /// <summary>What EC2 says of the instance; null facts: a complete answer did not hold it.</summary>
    public sealed record InstanceObserved(string InstanceId, InstanceFacts? Facts) : PodEvent;

    public sealed record AgentReached(string InstanceId) : PodEvent;

    public sealed record AgentUnreachable(string InstanceId, string Message) : PodEvent;

    public sealed record ApplicationLaunched(string InstanceId) : PodEvent;

    public sealed record ApplicationNotLaunched(string InstanceId, AgentRefusal Refusal, string Message) : PodEvent;

    /// <summary>A status from a check (<paramref name="Asked"/>) or a watch.</summary>
    public sealed record ApplicationReported(string InstanceId, AgentReport Report, bool Asked) : PodEvent;

    /// <summary>A check failed. <paramref name="NothingThere"/>: the agent says that it runs nothing.</summary>
    public sealed record CheckFailed(string InstanceId, string Message, bool NothingThere) : PodEvent;

    /// <summary>The watch of the application ended or broke.</summary>
    public sealed record WatchEnded(string InstanceId, string Message) : PodEvent;

    /// <summary>The agent's health service says whether it serves.</summary>
    public sealed record AgentHealthReported(string InstanceId, bool Serving) : PodEvent;

    public sealed record TerminationAccepted(string InstanceId) : PodEvent;

    public sealed record TerminationFailed(string InstanceId, string Message, bool NotOffered) : PodEvent;

    /// <summary>TerminateInstances was accepted, or the instance was dead already.</summary>
    public sealed record InstanceEnding(string InstanceId) : PodEvent;

    /// <summary>
    /// The termination failed. <paramref name="NotFound"/>: EC2 does not know the instance (or, of a young one, not yet).
    /// </summary>
    public sealed record InstanceNotEnded(string InstanceId, string Message, bool NotFound) : PodEvent;

    public sealed record PodRemoved : PodEvent;

    public sealed record PodNotRemoved(string Message) : PodEvent;

    public sealed record StatusWritten : PodEvent;

    public sealed record StatusNotWritten(WriteFailure Failure, string Message) : PodEvent;
}
