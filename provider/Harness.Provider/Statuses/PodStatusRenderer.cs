using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Provider.Lifecycle;

namespace Harness.Provider.Statuses;

/// <summary>
/// Renders the core's view of a pod into the PodStatus that a kubelet would write: the agent's report where there is one, with
/// addresses of ours, over what the API object has already (start and transition times stay while nothing changes). Pure.
/// </summary>
internal static class PodStatusRenderer
{
    /// <summary>The part of the status that is ours; qosClass and conditions of others are not in it.</summary>
    public static PodStatus Render(Pod pod, StatusView view, string nodeIp, DateTimeOffset now)
    {
        var current = pod.Status ?? new PodStatus();
        var status = view.Report?.Status?.Clone() ?? new PodStatus();
        status.ClearQosClass();
        status.ClearNominatedNodeName();
        status.ClearObservedGeneration();
        status.Phase = (view.Phase == PodPhase.None ? PodPhase.Pending : view.Phase).ToString();
        status.StartTime = current.StartTime ?? Time.Of(now);
        Set(view.Reason, text => status.Reason = text, status.ClearReason);
        Set(view.Message, text => status.Message = text, status.ClearMessage);
        SetAddresses(status, view.PodIp, nodeIp);
        ContainerStatusRenderer.Render(pod, current, status, view);
        ConditionRenderer.Render(pod, current, status, view, now);
        return status;
    }

    private static void Set(string text, Action<string> set, Action clear)
    {
        if (text.Length > 0)
        {
            set(text);
        }
        else
        {
            clear();
        }
    }

    private static void SetAddresses(PodStatus status, string? podIp, string nodeIp)
    {
        status.HostIP = nodeIp;
        status.HostIPs.Clear();
        status.HostIPs.Add(new HostIP { Ip = nodeIp });
        status.PodIPs.Clear();
        if (podIp is null)
        {
            status.ClearPodIP();
            return;
        }

        status.PodIP = podIp;
        status.PodIPs.Add(new PodIP { Ip = podIp });
    }
}
