namespace Harness.Agent.Applications;

/// <summary>How one running container is ended: preStop, SIGTERM, SIGKILL. Pure functions of the core.</summary>
internal static class ContainerStops
{
    /// <summary>Begins to end a container; does nothing when that has begun already.</summary>
    public static void Begin(StepBuilder step, int index, DateTimeOffset killAt)
    {
        var container = step[index];
        if (container.Phase != ContainerPhase.Running || container.Stop != StopStage.None)
        {
            return;
        }

        if (killAt <= step.Now)
        {
            Kill(step, index);
        }
        else if (container.Spec.Hooks.PreStop is { } handler)
        {
            step[index] = container with { Stop = StopStage.PreStop };
            step.Emit(new ApplicationEffect.RunHook(container.Key, HookKind.PreStop, handler, container.Spec));
        }
        else
        {
            Terminate(step, index);
        }
    }

    public static void Terminate(StepBuilder step, int index)
    {
        step[index] = step[index] with { Stop = StopStage.TermSent };
        step.Emit(new ApplicationEffect.SignalWorkload(step[index].Key, Kill: false));
    }

    public static void Kill(StepBuilder step, int index)
    {
        if (step[index].Phase == ContainerPhase.Running && step[index].Stop != StopStage.KillSent)
        {
            step[index] = step[index] with { Stop = StopStage.KillSent };
            step.Emit(new ApplicationEffect.SignalWorkload(step[index].Key, Kill: true));
        }
    }

    /// <summary>Ends one container while the application goes on; its restart policy then decides.</summary>
    public static void Replace(StepBuilder step, int index, TimeSpan? grace, string message)
    {
        var killAt = step.Now + (grace ?? step.State.Spec!.Grace);
        if (step[index].Phase == ContainerPhase.Running && step[index].Stop == StopStage.None)
        {
            step[index] = step[index] with { KillAt = killAt, StopMessage = message };
            Begin(step, index, killAt);
        }
    }
}
