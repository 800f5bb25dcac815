using Grpc.Core;
using Harness.Agent.Applications;

namespace Harness.Agent.Services;

/// <summary>Finds what a request of the optional services means: the pod that it names (or any), and a container of it. Pure.</summary>
internal static class RequestedPod
{
    /// <summary>NOT_FOUND when the request names another pod than the agent's.</summary>
    public static void Check(ApplicationState state, string podUid)
    {
        if (podUid.Length > 0 && podUid != state.Spec?.Uid)
        {
            throw new RpcException(new Status(StatusCode.NotFound, $"The pod with UID \"{podUid}\" is not on this agent."));
        }
    }

    /// <summary>NOT_FOUND when there is no such container.</summary>
    public static ContainerState Container(ApplicationState state, string podUid, string name)
    {
        Check(state, podUid);
        return state.Containers.FirstOrDefault(candidate => candidate.Spec.Name == name)
            ?? throw new RpcException(new Status(StatusCode.NotFound, NoSuchContainer(state, name)));
    }

    /// <summary>As <see cref="Container"/>; FAILED_PRECONDITION when it does not run.</summary>
    public static ContainerState RunningContainer(ApplicationState state, string podUid, string name)
    {
        var container = Container(state, podUid, name);
        return container.Phase == ContainerPhase.Running
            ? container
            : throw new RpcException(new Status(StatusCode.FailedPrecondition, $"Container \"{name}\" is not running: {WhyNot(container)}."));
    }

    private static string WhyNot(ContainerState container) => container.Phase switch
    {
        ContainerPhase.Terminated => $"it ended with exit code {container.End!.ExitCode}",
        ContainerPhase.Starting => "it is being started",
        _ => container.WaitingReason,
    };

    private static string NoSuchContainer(ApplicationState state, string name)
    {
        var known = string.Join(", ", state.Containers.Select(container => container.Spec.Name));
        return known.Length == 0
            ? $"There is no container \"{name}\": no pod was launched on this agent."
            : $"There is no container \"{name}\"; the pod has {known}.";
    }
}
