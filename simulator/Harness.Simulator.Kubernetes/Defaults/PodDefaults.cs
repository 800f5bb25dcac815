using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Simulator.Kubernetes.Defaults;

/// <summary>What the API server fills into a pod on top of <see cref="PodSpecDefaults"/>. Pure.</summary>
internal static class PodDefaults
{
    public static void Apply(Pod pod)
    {
        pod.Spec ??= new PodSpec();
        pod.Status ??= new PodStatus();
        PodSpecDefaults.Apply(pod.Spec);
        if (!pod.Spec.HasEnableServiceLinks)
        {
            pod.Spec.EnableServiceLinks = true;
        }

        if (pod.Spec.ServiceAccountName.Length == 0 && pod.Spec.ServiceAccount.Length > 0)
        {
            pod.Spec.ServiceAccountName = pod.Spec.ServiceAccount;
        }

        foreach (var container in pod.Spec.InitContainers.Concat(pod.Spec.Containers))
        {
            RequestWhatIsLimited(container.Resources);
            if (pod.Spec.HostNetwork)
            {
                UseHostPorts(container);
            }
        }

        if (pod.Spec.Resources is { } resources)
        {
            RequestWhatIsLimited(resources);
        }
    }

    /// <summary>A new pod's status, whatever the client sent.</summary>
    public static void ResetStatus(Pod pod)
    {
        pod.Status = new PodStatus { Phase = "Pending", QosClass = PodQuality.Of(pod.Spec) };
        if (pod.Spec.SchedulingGates.Count > 0)
        {
            pod.Status.Conditions.Add(new PodCondition
            {
                Type = "PodScheduled",
                Status = "False",
                LastTransitionTime = pod.Metadata.CreationTimestamp?.Clone(),
                Reason = "SchedulingGated",
                Message = "Scheduling is blocked due to non-empty scheduling gates",
            });
        }
    }

    /// <summary>On the node's own network a port is the node's port; a template is left as it is.</summary>
    private static void UseHostPorts(Container container)
    {
        foreach (var port in container.Ports.Where(port => port.HostPort == 0))
        {
            port.HostPort = port.ContainerPort_;
        }
    }

    private static void RequestWhatIsLimited(ResourceRequirements resources)
    {
        foreach (var (name, limit) in resources.Limits.Where(limit => !resources.Requests.ContainsKey(limit.Key)).ToList())
        {
            resources.Requests[name] = limit.Clone();
        }
    }
}
