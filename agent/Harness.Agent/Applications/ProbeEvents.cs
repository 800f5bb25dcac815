namespace Harness.Agent.Applications;

/// <summary>The answers of probes, and which probes are due. Pure functions of the core.</summary>
internal static class ProbeEvents
{
    private static readonly ProbeKind[] Kinds = [ProbeKind.Startup, ProbeKind.Liveness, ProbeKind.Readiness];

    public static void Answered(StepBuilder step, ApplicationEvent.ProbeAnswered answer)
    {
        var index = step.State.IndexOf(answer.Key);
        if (index < 0 || step[index].Probes[answer.Kind] is not { InFlight: true } before)
        {
            return;
        }

        var spec = step[index].Spec.Probes[answer.Kind]!;
        var after = before.After(spec, answer.Success, step.Now);
        step[index] = step[index] with { Probes = step[index].Probes.With(answer.Kind, after) };
        if (answer.Kind != ProbeKind.Readiness && after.Failures >= spec.FailureThreshold)
        {
            var message = $"Container {step[index].Spec.Name} failed its {answer.Kind.ToString().ToLowerInvariant()} probe: {answer.Message}";
            ContainerStops.Replace(step, index, spec.Grace, message);
        }
    }

    public static void RunDue(StepBuilder step)
    {
        for (var index = 0; index < step.State.Containers.Length; index++)
        {
            foreach (var kind in Kinds)
            {
                if (NextDue(step[index], kind) <= step.Now)
                {
                    var container = step[index];
                    step[index] = container with { Probes = container.Probes.With(kind, container.Probes[kind]! with { InFlight = true }) };
                    step.Emit(new ApplicationEffect.RunProbe(container.Key, kind, container.Spec.Probes[kind]!, container.Spec));
                }
            }
        }
    }

    /// <summary>The earliest time at which a probe of the container is due; null when none is.</summary>
    public static DateTimeOffset? NextDue(ContainerState container) => Kinds.Select(kind => NextDue(container, kind)).Min();

    private static DateTimeOffset? NextDue(ContainerState container, ProbeKind kind)
    {
        var runs = container is { Phase: ContainerPhase.Running, Stop: StopStage.None, PostStartDone: true };
        return runs && container.Probes.IsWanted(kind) && !container.Probes[kind]!.InFlight ? container.Probes[kind]!.NextAt : null;
    }
}
