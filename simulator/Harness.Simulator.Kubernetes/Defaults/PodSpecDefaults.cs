using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Simulator.Kubernetes.Defaults;

/// <summary>What the API server fills into a pod's specification, in a pod as well as in a template. Pure.</summary>
internal static class PodSpecDefaults
{
    private const long TerminationGracePeriodSeconds = 30;

    public static void Apply(PodSpec spec)
    {
        spec.RestartPolicy = OrDefault(spec.RestartPolicy, "Always");
        spec.DnsPolicy = OrDefault(spec.DnsPolicy, "ClusterFirst");
        spec.SchedulerName = OrDefault(spec.SchedulerName, "default-scheduler");
        spec.SecurityContext ??= new PodSecurityContext();
        if (!spec.HasTerminationGracePeriodSeconds)
        {
            spec.TerminationGracePeriodSeconds = TerminationGracePeriodSeconds;
        }

        foreach (var volume in spec.Volumes)
        {
            VolumeDefaults.Apply(volume);
        }

        foreach (var container in spec.InitContainers.Concat(spec.Containers))
        {
            ContainerDefaults.Apply(container);
        }

        foreach (var container in spec.EphemeralContainers.Select(container => container.EphemeralContainerCommon).OfType<EphemeralContainerCommon>())
        {
            ContainerDefaults.Apply(container);
        }

        ResourceAmounts.RoundUp(spec.Overhead);
        if (spec.Resources is { } resources)
        {
            ResourceAmounts.RoundUp(resources);
        }
    }

    private static string OrDefault(string value, string fallback) => value.Length == 0 ? fallback : value;
}
