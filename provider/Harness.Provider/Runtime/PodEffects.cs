using Harness.Provider.Lifecycle;

namespace Harness.Provider.Runtime;

/// <summary>Hands each effect to the one who can do it: the Kubernetes API, EC2, or the instance's agent. Thread-safe.</summary>
internal sealed class PodEffects(ApiEffects api, InstanceEffects instances, AgentEffects agents) : IPodEffects
{
    public async Task<PodEvent?> PerformAsync(PodWorker worker, PodEffect effect, CancellationToken cancellationToken)
    {
        switch (effect)
        {
            case PodEffect.RecordPlan record: return await api.RecordPlanAsync(worker, record, cancellationToken);
            case PodEffect.RecordInstance record: return await api.RecordInstanceAsync(worker, record, cancellationToken);
            case PodEffect.WriteStatus write: return await api.WriteStatusAsync(worker, write.View, cancellationToken);
            case PodEffect.RemovePod: return await api.RemoveAsync(worker, cancellationToken);
            case PodEffect.Announce announce: api.Announce(worker, announce); return null;
            case PodEffect.RunInstance run: return await instances.RunAsync(worker, run, cancellationToken);
            case PodEffect.LookUpToken lookUp: return await instances.LookUpAsync(worker, lookUp, cancellationToken);
            case PodEffect.TerminateInstance terminate: return await instances.TerminateAsync(worker, terminate, cancellationToken);
            case PodEffect.ObserveInstance observe: instances.Observe(observe.InstanceId); return null;
            case PodEffect.DialAgent dial: return await agents.DialAsync(worker, dial, cancellationToken);
            case PodEffect.LaunchApplication launch: return await agents.LaunchAsync(worker, launch, cancellationToken);
            case PodEffect.CheckApplication check: return await agents.CheckAsync(check.InstanceId, cancellationToken);
            case PodEffect.WatchApplication watch: return agents.Watch(worker, watch.InstanceId);
            case PodEffect.TerminateApplication terminate: return await agents.TerminateAsync(terminate, cancellationToken);
            case PodEffect.CloseAgent close: await agents.CloseAsync(close.InstanceId); return null;
            default: throw new ArgumentOutOfRangeException(nameof(effect), effect, "No such effect.");
        }
    }

    public Task ForgetAsync(PodWorker worker) => agents.ForgetAsync(worker);
}
