using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>
/// What is wrong with the spec of a pod or a pod template: the checks that people run into, in the order and words of a real API server.
/// </summary>
internal static class PodSpecRules
{
    /// <param name="path">Where the spec stands.</param>
    /// <param name="spec">The spec; null when there is none.</param>
    /// <param name="claims">Volumes that the pods get besides: a StatefulSet's claims.</param>
    public static IEnumerable<FieldError> Validate(string path, PodSpec? spec, params IEnumerable<string> claims)
    {
        if (spec is null || spec.Containers.Count == 0)
        {
            return [FieldError.Required($"{path}.containers")];
        }

        HashSet<string> volumes = [.. spec.Volumes.Select(volume => volume.Name), .. claims];
        return VolumeRules.Validate($"{path}.volumes", spec)
            .Concat(ContainerRules.Validate($"{path}.containers", spec.Containers, volumes, []))
            .Concat(ContainerRules.Validate($"{path}.initContainers", spec.InitContainers, volumes, [.. spec.Containers.Select(one => one.Name)]))
            .Concat(Choices(path, spec))
            .Concat(Tolerations($"{path}.tolerations", spec));
    }

    private static IEnumerable<FieldError> Choices(string path, PodSpec spec)
    {
        if (spec.RestartPolicy is not ("" or "Always" or "OnFailure" or "Never"))
        {
            yield return FieldError.NotSupported($"{path}.restartPolicy", spec.RestartPolicy, "Always", "OnFailure", "Never");
        }

        if (spec.DnsPolicy is not ("" or "ClusterFirstWithHostNet" or "ClusterFirst" or "Default" or "None"))
        {
            yield return FieldError.NotSupported($"{path}.dnsPolicy", spec.DnsPolicy, "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
        }

        if (spec.HasActiveDeadlineSeconds && spec.ActiveDeadlineSeconds is < 1 or > int.MaxValue)
        {
            yield return FieldError.Invalid($"{path}.activeDeadlineSeconds", $"{spec.ActiveDeadlineSeconds}", "must be between 1 and 2147483647, inclusive");
        }

        foreach ((string key, string wanted) in spec.NodeSelector.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            foreach ((string text, string bad) in Names.QualifiedNameErrors(key).Select(bad => (key, bad)).Concat(Names.LabelValueErrors(wanted).Select(bad => (wanted, bad))))
            {
                yield return FieldError.InvalidString($"{path}.nodeSelector", text, bad);
            }
        }

        foreach ((string field, string value) in ((string, string)[])[("hostname", spec.Hostname), ("subdomain", spec.Subdomain)])
        {
            if (value.Length > 0 && Names.LabelError(value) is { } bad)
            {
                yield return FieldError.InvalidString($"{path}.{field}", value, bad);
            }
        }

        foreach ((Container container, int i) in spec.HostNetwork ? spec.Containers.Select((one, i) => (one, i)) : [])
        {
            foreach ((ContainerPort port, int j) in container.Ports.Select((one, j) => (one, j)).Where(one => one.one.HostPort != one.one.ContainerPort_))
            {
                yield return FieldError.Invalid($"{path}.containers[{i}].ports[{j}].containerPort", $"{port.ContainerPort_}", "must match `hostPort` when `hostNetwork` is true");
            }
        }

        if (spec.NodeName.Length > 0 && Names.SubdomainError(spec.NodeName) is { } wrong)
        {
            yield return FieldError.InvalidString($"{path}.nodeName", spec.NodeName, wrong);
        }
    }

    private static IEnumerable<FieldError> Tolerations(string path, PodSpec spec)
    {
        for (int i = 0; i < spec.Tolerations.Count; i++)
        {
            Toleration toleration = spec.Tolerations[i];
            string at = $"{path}[{i}]";
            if (toleration.Key.Length == 0 && toleration.Operator != "Exists")
            {
                yield return FieldError.InvalidString($"{at}.operator", toleration.Operator,
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
            }
            else if (toleration.Operator is not ("" or "Equal" or "Exists"))
            {
                yield return FieldError.NotSupported($"{at}.operator", toleration.Operator, "Equal", "Exists");
            }
            else if (toleration.Operator == "Exists" && toleration.Value.Length > 0)
            {
                yield return FieldError.InvalidString($"{at}.operator", toleration.Value, "value must be empty when `operator` is 'Exists'");
            }

            if (toleration.HasTolerationSeconds && toleration.Effect != "NoExecute")
            {
                yield return FieldError.InvalidString($"{at}.effect", toleration.Effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
            }

            if (toleration.Effect is not ("" or "NoSchedule" or "PreferNoSchedule" or "NoExecute"))
            {
                yield return FieldError.NotSupported($"{at}.effect", toleration.Effect, "NoSchedule", "PreferNoSchedule", "NoExecute");
            }
        }
    }
}
