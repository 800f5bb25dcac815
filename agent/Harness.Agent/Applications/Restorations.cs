using System.Collections.Immutable;

namespace Harness.Agent.Applications;

/// <summary>How an agent that came back goes on: the state from disk, corrected by what was found of its runs. Pure functions of the core.</summary>
internal static class Restorations
{
    public static void Restore(StepBuilder step, ApplicationState saved, ImmutableDictionary<WorkloadKey, RunFound> found)
    {
        step.State = saved with { Draining = step.State.Draining };
        for (var index = 0; index < saved.Containers.Length; index++)
        {
            if (step[index].IsAlive)
            {
                RestoreOne(step, index, found[step[index].Key]);
            }
        }
    }

    private static void RestoreOne(StepBuilder step, int index, RunFound run)
    {
        if (!run.Started)
        {
            StartAgain(step, index);
            return;
        }

        if (step[index].Phase == ContainerPhase.Starting)
        {
            WorkloadEvents.Started(step, step[index].Key, run.StartedAt);
        }
        else if (run.Exit is null)
        {
            Resume(step, index);
        }

        if (run.Exit is { } exit)
        {
            WorkloadEvents.Exited(step, step[index].Key, exit);
        }
    }

    /// <summary>The same run once more, for it has never run; while the application ends, it stays as it was before.</summary>
    private static void StartAgain(StepBuilder step, int index)
    {
        var container = step[index];
        if (container.Phase == ContainerPhase.Running)
        {
            WorkloadEvents.Exited(step, container.Key, WorkloadExit.Unknown);
        }
        else if (step.State.Ending is null)
        {
            step.Emit(new ApplicationEffect.StartWorkload(container.Key, container.Spec));
        }
        else
        {
            var run = container.LastEnd is null ? 0 : container.Key.Run - 1;
            step[index] = container with { Phase = ContainerPhase.Waiting, Key = container.Key with { Run = run }, RestartCount = run };
        }
    }

    /// <summary>What was under way and may not have happened is done again: hooks are delivered at least once, and so are signals.</summary>
    private static void Resume(StepBuilder step, int index)
    {
        var container = step[index];
        step[index] = container with { Probes = container.Probes.From(container.Spec.Probes, step.Now) };
        switch (container.Stop)
        {
            case StopStage.None when !container.PostStartDone:
                step.Emit(new ApplicationEffect.RunHook(container.Key, HookKind.PostStart, container.Spec.Hooks.PostStart!, container.Spec));
                break;
            case StopStage.PreStop:
                step.Emit(new ApplicationEffect.RunHook(container.Key, HookKind.PreStop, container.Spec.Hooks.PreStop!, container.Spec));
                break;
            case StopStage.TermSent or StopStage.KillSent:
                step.Emit(new ApplicationEffect.SignalWorkload(container.Key, container.Stop == StopStage.KillSent));
                break;
        }
    }
}
