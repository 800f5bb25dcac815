namespace Harness.Agent.Applications;

/// <summary>What the core asks the shell to do, in order.</summary>
internal abstract record ApplicationEffect
{
    public sealed record AnswerLaunch(LaunchAnswer Answer, string Message) : ApplicationEffect;

    /// <summary>A new application was accepted: what is kept of the one before may go.</summary>
    public sealed record BeginApplication(ApplicationSpec Spec) : ApplicationEffect;

    public sealed record FetchImage(WorkloadKey Key, ImageSource Source) : ApplicationEffect;

    public sealed record StartWorkload(WorkloadKey Key, ContainerSpec Spec) : ApplicationEffect;

    public sealed record SignalWorkload(WorkloadKey Key, bool Kill) : ApplicationEffect;

    public sealed record RunProbe(WorkloadKey Key, ProbeKind Kind, ProbeSpec Probe, ContainerSpec Spec) : ApplicationEffect;

    public sealed record RunHook(WorkloadKey Key, HookKind Kind, HandlerSpec Handler, ContainerSpec Spec) : ApplicationEffect;
}
