namespace Harness.Provider.Lifecycle;

/// <summary>
/// Something to be done for a pod, by whoever runs the core. The closed set of its outputs. Each names what it needs; except
/// for <see cref="Announce"/>, <see cref="CloseAgent"/> and <see cref="ObserveInstance"/>, each has exactly one result event.
/// </summary>
internal abstract record PodEffect
{
    private PodEffect()
    {
    }

    /// <summary>Writes plan and attempt to the pod and clears the instance of the attempt before.</summary>
    public sealed record RecordPlan(int Attempt, LaunchPlan Plan) : PodEffect;

    public sealed record RunInstance(int Attempt, LaunchPlan Plan) : PodEffect;

    public sealed record LookUpToken(int Attempt) : PodEffect;

    public sealed record RecordInstance(string InstanceId) : PodEffect;

    /// <summary>Asks EC2 about this instance soon, not at the next period.</summary>
    public sealed record ObserveInstance(string InstanceId) : PodEffect;

    public sealed record DialAgent(string InstanceId, string Address, bool Eager) : PodEffect;

    public sealed record LaunchApplication(string InstanceId, string Address) : PodEffect;

    /// <summary>Opens the streams of application and agent health; they stay open until they end or the agent is closed.</summary>
    public sealed record WatchApplication(string InstanceId) : PodEffect;

    public sealed record CheckApplication(string InstanceId) : PodEffect;

    public sealed record TerminateApplication(string InstanceId, TimeSpan Grace) : PodEffect;

    public sealed record CloseAgent(string InstanceId) : PodEffect;

    public sealed record TerminateInstance(string InstanceId, string Reason) : PodEffect;

    public sealed record WriteStatus(StatusView View) : PodEffect;

    /// <summary>Deletes the API object for good: grace 0, with the UID as precondition.</summary>
    public sealed record RemovePod : PodEffect;

    /// <summary>A Kubernetes event on the pod.</summary>
    public sealed record Announce(bool Warning, string Reason, string Message) : PodEffect;
}
