using System.Collections.Immutable;
using System.Security.Cryptography;
using Google.Protobuf;
using Harness.Agent.Applications;
using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Agent.Launching;

/// <summary>
/// Turns the pod of a launch request into an <see cref="ApplicationSpec"/>, or says field by field why it cannot. Pure; thread-safe.
/// </summary>
internal sealed class PodTranslator(RuntimeAbilities abilities)
{
    private const long DefaultGraceSeconds = 30;
    private const string ServiceAccountPath = "/var/run/secrets/kubernetes.io/serviceaccount";

    public Translation Translate(Pod? pod)
    {
        var refusals = new Refusals();
        var passedOver = new SortedSet<string>(StringComparer.Ordinal);
        if (pod is null)
        {
            refusals.Add("pod", "missing from the request; send the pod to launch");
            return Refused(refusals);
        }

        CheckIdentity(pod, refusals);
        if (pod.Spec is null || pod.Spec.Containers.Count == 0)
        {
            refusals.Add("spec.containers", "empty; a pod needs at least one container");
        }

        if (refusals.Any)
        {
            return Refused(refusals);
        }

        var spec = BuildSpec(pod, refusals, passedOver);
        return refusals.Any ? Refused(refusals) : new Translation(spec, "", [.. passedOver]);
    }

    private static Translation Refused(Refusals refusals) => new(null, refusals.ToString(), []);

    private static void CheckIdentity(Pod pod, Refusals refusals)
    {
        if (string.IsNullOrEmpty(pod.Metadata?.Uid))
        {
            refusals.Add("metadata.uid", "missing; it is the pod's identity");
        }
        else if (!pod.Metadata.Uid.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')
            || pod.Metadata.Uid.Length > 128 || pod.Metadata.Uid[0] == '.')
        {
            refusals.Add("metadata.uid", "only letters, digits, '-', '_' and '.' are allowed, 128 at most");
        }

        if (string.IsNullOrEmpty(pod.Metadata?.Name))
        {
            refusals.Add("metadata.name", "missing");
        }
    }

    private ApplicationSpec BuildSpec(Pod pod, Refusals refusals, SortedSet<string> passedOver)
    {
        FieldPolicy.PodSpec.Check(pod.Spec, "spec", refusals, passedOver);
        CheckOs(pod.Spec, refusals);
        var restartPolicy = ParseRestartPolicy(pod.Spec.RestartPolicy, refusals);
        var volumes = new VolumeTranslator(pod, abilities, refusals, passedOver);
        var surrounding = new SurroundingsTranslator(pod, abilities, refusals);
        var surroundings = surrounding.Translate(volumes.Volumes());
        var containers = new ContainerTranslator(pod, restartPolicy, surroundings, volumes, abilities, refusals, passedOver).Translate();
        return new ApplicationSpec
        {
            Uid = pod.Metadata.Uid,
            Namespace = pod.Metadata.Namespace,
            Name = pod.Metadata.Name,
            RestartPolicy = restartPolicy,
            Grace = Seconds("spec.terminationGracePeriodSeconds", pod.Spec.HasTerminationGracePeriodSeconds
                ? pod.Spec.TerminationGracePeriodSeconds
                : DefaultGraceSeconds, refusals),
            ActiveDeadline = pod.Spec.HasActiveDeadlineSeconds
                ? Seconds("spec.activeDeadlineSeconds", pod.Spec.ActiveDeadlineSeconds, refusals)
                : null,
            Containers = containers,
            Surroundings = surroundings,
            Lacks = surrounding.Lacks(surroundings, containers),
            HostIp = pod.Status?.HostIP ?? "",
            PodIp = pod.Status?.PodIP ?? "",
            PodIps = PodIps(pod.Status),
            QosClass = pod.Status?.QosClass ?? "",
            ScheduledAt = ScheduledAt(pod.Status),
            Digest = Convert.ToHexStringLower(SHA256.HashData(pod.Spec.ToByteArray())),
        };
    }

    private static void CheckOs(PodSpec spec, Refusals refusals)
    {
        if (spec.Os is { Name.Length: > 0 } os && os.Name != "linux")
        {
            refusals.Add("spec.os.name", $"\"{os.Name}\", but this agent runs on linux");
        }
    }

    private static RestartPolicy ParseRestartPolicy(string name, Refusals refusals)
    {
        switch (name)
        {
            case "" or "Always":
                return RestartPolicy.Always;
            case "OnFailure":
                return RestartPolicy.OnFailure;
            case "Never":
                return RestartPolicy.Never;
            default:
                refusals.Add("spec.restartPolicy", $"\"{name}\" is not one of Always, OnFailure, Never");
                return RestartPolicy.Never;
        }
    }

    private static TimeSpan Seconds(string field, long seconds, Refusals refusals)
    {
        if (seconds is < 0 or > int.MaxValue)
        {
            refusals.Add(field, $"{seconds} is not between 0 and {int.MaxValue} seconds");
            return TimeSpan.Zero;
        }

        return TimeSpan.FromSeconds(seconds);
    }

    private static ImmutableArray<string> PodIps(PodStatus? status)
    {
        ImmutableArray<string> listed = [.. status?.PodIPs.Select(ip => ip.Ip) ?? []];
        return listed.IsEmpty && status is { PodIP.Length: > 0 } ? [status.PodIP] : listed;
    }

    private static DateTimeOffset? ScheduledAt(PodStatus? status)
    {
        var scheduled = status?.Conditions.FirstOrDefault(condition => condition is { Type: "PodScheduled", Status: "True" });
        return scheduled?.LastTransitionTime is { } time ? DateTimeOffset.FromUnixTimeSeconds(time.Seconds) : null;
    }
}
