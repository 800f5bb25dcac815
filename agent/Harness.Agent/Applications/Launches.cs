using System.Security.Cryptography;
using System.Text;

namespace Harness.Agent.Applications;

/// <summary>How an application comes to be: by a launch, or found again after a restart of the agent. Pure functions of the core.</summary>
internal static class Launches
{
    public static void Launch(StepBuilder step, ApplicationSpec spec)
    {
        var (answer, message) = Judge(step.State, spec);
        if (answer == LaunchAnswer.Accepted)
        {
            step.State = Fresh(step.State, spec, step.Now);
            step.Emit(new ApplicationEffect.BeginApplication(spec));
        }

        step.Emit(new ApplicationEffect.AnswerLaunch(answer, message));
    }

    private static (LaunchAnswer Answer, string Message) Judge(ApplicationState state, ApplicationSpec spec)
    {
        if (state.EndedUids.Contains(spec.Uid))
        {
            return (LaunchAnswer.AlreadyLaunched, $"Pod {spec.Uid} has already ended here; nothing is started.");
        }

        if (state.Draining)
        {
            return (LaunchAnswer.Draining, "The agent is stopping; launch the pod elsewhere or once it is back.");
        }

        if (!state.IsActive)
        {
            return (LaunchAnswer.Accepted, "");
        }

        var active = state.Spec!;
        if (active.Uid != spec.Uid)
        {
            var message = $"Pod {active.Namespace}/{active.Name} ({active.Uid}) is active on this agent; terminate it before launching {spec.Uid}.";
            return (LaunchAnswer.OtherActive, message);
        }

        return active.Digest == spec.Digest
            ? (LaunchAnswer.AlreadyLaunched, $"Pod {spec.Uid} is already launched.")
            : (LaunchAnswer.SpecIgnored, $"Pod {spec.Uid} is already launched with another spec; the new spec is ignored.");
    }

    private static ApplicationState Fresh(ApplicationState before, ApplicationSpec spec, DateTimeOffset now)
    {
        var waiting = spec.Containers.Any(container => container.Role != ContainerRole.Main) ? "PodInitializing" : "ContainerCreating";
        return new ApplicationState
        {
            Spec = spec,
            StartTime = now,
            Deadline = now + spec.ActiveDeadline,
            EndedUids = before.EndedUids,
            Draining = before.Draining,
            Containers = [.. spec.Containers.Select(container => new ContainerState
            {
                Spec = container,
                Key = new WorkloadKey(spec.Uid, container.Name, 0),
                WaitingReason = waiting,
            })],
            Conditions = [new ConditionState("PodScheduled", true, "", "", spec.ScheduledAt ?? now)],
        };
    }

    /// <summary>The identifier of one run of a container, in Kubernetes' form type://id.</summary>
    public static string ContainerId(WorkloadKey key) =>
        "process://" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.ToString())));
}
