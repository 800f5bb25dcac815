using System.Security.Cryptography;
using Google.Protobuf;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Provider.Lifecycle;

namespace Harness.Provider.Launching;

/// <summary>
/// Reads an agent's PodStatus into a report. The fingerprint leaves out what changes without meaning anything (old agents write a
/// new startedAt into each message) and what the provider overwrites. Pure.
/// </summary>
internal static class AgentReports
{
    public static AgentReport Read(PodStatus status) =>
        new(PodPhases.Parse(status.Phase), IsReady(status), Fingerprint(status), status) { Trouble = Trouble(status) };

    private static bool IsReady(PodStatus status)
    {
        var condition = status.Conditions.FirstOrDefault(condition => condition.Type == "Ready");
        return condition is not null
            ? condition.Status == "True"
            : status.ContainerStatuses.Count > 0 && status.ContainerStatuses.All(container => container.Ready);
    }

    private static string Trouble(PodStatus status)
    {
        var containers = status.InitContainerStatuses.Concat(status.ContainerStatuses);
        List<string> troubles = [.. containers.Select(Trouble).OfType<string>()];
        if (status.Reason.Length > 0)
        {
            troubles.Insert(0, $"{status.Reason}: {status.Message}");
        }

        return string.Join("; ", troubles);
    }

    /// <summary>How a container ended badly: for good, or the last time before the agent waits to start it again.</summary>
    private static string? Trouble(ContainerStatus container)
    {
        var ended = container.State?.Terminated ?? (container.State?.Waiting is null ? null : container.LastState?.Terminated);
        return ended is null || ended.ExitCode == 0
            ? null
            : $"container {container.Name} ended with exit code {ended.ExitCode} ({ended.Reason}){(ended.Message.Length > 0 ? ": " : "")}{ended.Message}";
    }

    private static string Fingerprint(PodStatus status)
    {
        var bare = status.Clone();
        bare.ClearPodIP();
        bare.PodIPs.Clear();
        bare.ClearHostIP();
        bare.HostIPs.Clear();
        bare.StartTime = null;
        foreach (var condition in bare.Conditions)
        {
            condition.LastProbeTime = null;
            condition.LastTransitionTime = null;
        }

        foreach (var container in bare.ContainerStatuses.Concat(bare.InitContainerStatuses))
        {
            if (container.State?.Running is { } running)
            {
                running.StartedAt = null;
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(bare.ToByteArray())[..12]);
    }
}
