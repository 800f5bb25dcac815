using Harness.Provider.Lifecycle;

namespace Harness.Provider.Runtime;

/// <summary>The result of an effect that failed in a way no one foresaw: the most careful one of its kind. Pure.</summary>
internal static class EffectFailure
{
    public static PodEvent? Of(PodEffect effect, string message) => effect switch
    {
        PodEffect.RecordPlan => new PodEvent.PlanNotRecorded(WriteFailure.Retry, message),
        PodEffect.RunInstance => new PodEvent.LaunchUnknown(message),
        PodEffect.LookUpToken => new PodEvent.TokenNotLookedUp(message),
        PodEffect.RecordInstance => new PodEvent.InstanceNotRecorded(WriteFailure.Retry, message),
        PodEffect.DialAgent dial => new PodEvent.AgentUnreachable(dial.InstanceId, message),
        PodEffect.LaunchApplication launch => new PodEvent.ApplicationNotLaunched(launch.InstanceId, AgentRefusal.Retry, message),
        PodEffect.WatchApplication watch => new PodEvent.WatchEnded(watch.InstanceId, message),
        PodEffect.CheckApplication check => new PodEvent.CheckFailed(check.InstanceId, message, NothingThere: false),
        PodEffect.TerminateApplication terminate => new PodEvent.TerminationFailed(terminate.InstanceId, message, NotOffered: false),
        PodEffect.TerminateInstance terminate => new PodEvent.InstanceNotEnded(terminate.InstanceId, message, NotFound: false),
        PodEffect.WriteStatus => new PodEvent.StatusNotWritten(WriteFailure.Retry, message),
        PodEffect.RemovePod => new PodEvent.PodNotRemoved(message),
        PodEffect.Announce or PodEffect.CloseAgent or PodEffect.ObserveInstance => null,
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, "No such effect."),
    };
}
