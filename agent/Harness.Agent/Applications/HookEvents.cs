namespace Harness.Agent.Applications;

/// <summary>The outcome of postStart and preStop, recorded in the state. Pure functions of the core.</summary>
internal static class HookEvents
{
    public static void Answered(StepBuilder step, ApplicationEvent.HookAnswered hook)
    {
        var index = step.State.IndexOf(hook.Key);
        if (index < 0 || step[index].Phase != ContainerPhase.Running)
        {
            return;
        }

        if (hook.Kind == HookKind.PreStop)
        {
            EndAfterPreStop(step, index);
        }
        else if (hook.Success)
        {
            step[index] = step[index] with { PostStartDone = true };
        }
        else
        {
            ContainerStops.Replace(step, index, null, $"PostStartHook failed: {hook.Message}");
        }
    }

    /// <summary>A preStop that failed ends the container all the same, as in Kubernetes.</summary>
    private static void EndAfterPreStop(StepBuilder step, int index)
    {
        if (step[index].Stop == StopStage.PreStop)
        {
            ContainerStops.Terminate(step, index);
        }
    }
}
