using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>Containers of a pod: names, images, ports, environment, mounts and resources.</summary>
internal static class ContainerRules
{
    private const int MostPort = 65535;

    public static IEnumerable<FieldError> Validate(
        string path, IReadOnlyList<Container> containers, HashSet<string> volumes, HashSet<string> taken)
    {
        for (int i = 0; i < containers.Count; i++)
        {
            Container container = containers[i];
            string at = $"{path}[{i}]";
            foreach (FieldError error in NameErrors(at, container, taken)
                .Concat(Ports($"{at}.ports", container))
                .Concat(Environment($"{at}.env", container))
                .Concat(Mounts($"{at}.volumeMounts", container, volumes))
                .Concat(Policies(at, container))
                .Concat(HandlerRules.Validate(at, container))
                .Concat(ResourceAmountRules.Validate($"{at}.resources", container.Resources)))
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<FieldError> NameErrors(string at, Container container, HashSet<string> taken)
    {
        if (container.Name.Length == 0)
        {
            yield return FieldError.Required($"{at}.name");
        }
        else
        {
            if (Names.LabelError(container.Name) is { } wrong)
            {
                yield return FieldError.InvalidString($"{at}.name", container.Name, wrong);
            }

            if (!taken.Add(container.Name))
            {
                yield return FieldError.Duplicate($"{at}.name", container.Name);
            }
        }

        if (container.Image.Length == 0)
        {
            yield return FieldError.Required($"{at}.image");
        }
        else if (container.Image.Trim().Length != container.Image.Length)
        {
            yield return FieldError.InvalidString($"{at}.image", container.Image, "must not have leading or trailing whitespace");
        }
    }

    private static IEnumerable<FieldError> Ports(string path, Container container)
    {
        for (int i = 0; i < container.Ports.Count; i++)
        {
            ContainerPort port = container.Ports[i];
            if (port.ContainerPort_ == 0)
            {
                yield return FieldError.Required($"{path}[{i}].containerPort");
            }
            else if (port.ContainerPort_ is < 1 or > MostPort)
            {
                yield return FieldError.Invalid($"{path}[{i}].containerPort", $"{port.ContainerPort_}", "must be between 1 and 65535, inclusive");
            }

            foreach (string wrong in port.Name.Length == 0 ? [] : Names.PortNameErrors(port.Name))
            {
                yield return FieldError.InvalidString($"{path}[{i}].name", port.Name, wrong);
            }

            if (port.Name.Length > 0 && !Names.PortNameErrors(port.Name).Any() && container.Ports.Take(i).Any(one => one.Name == port.Name))
            {
                yield return FieldError.Duplicate($"{path}[{i}].name", port.Name);
            }

            if (port.HostPort is < 0 or > MostPort)
            {
                yield return FieldError.Invalid($"{path}[{i}].hostPort", $"{port.HostPort}", "must be between 1 and 65535, inclusive");
            }

            if (port.Protocol is not ("" or "TCP" or "UDP" or "SCTP"))
            {
                yield return FieldError.NotSupported($"{path}[{i}].protocol", port.Protocol, "SCTP", "TCP", "UDP");
            }
        }
    }

    private static IEnumerable<FieldError> Environment(string path, Container container)
    {
        for (int i = 0; i < container.Env.Count; i++)
        {
            EnvVar variable = container.Env[i];
            if (variable.Name.Length == 0)
            {
                yield return FieldError.Required($"{path}[{i}].name");
            }
            else if (variable.Name.Any(letter => letter is '=' or < ' ' or > '~'))
            {
                yield return FieldError.InvalidString($"{path}[{i}].name", variable.Name,
                    "a valid environment variable name must consist only of printable ASCII characters other than '='");
            }

            if (variable.ValueFrom is not null && variable.Value.Length > 0)
            {
                yield return FieldError.InvalidString($"{path}[{i}].valueFrom", "", "may not be specified when `value` is not empty");
            }
            else if (variable.ValueFrom is { } source && source is { FieldRef: null, ResourceFieldRef: null, ConfigMapKeyRef: null, SecretKeyRef: null })
            {
                yield return FieldError.InvalidString($"{path}[{i}].valueFrom", "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
            }
        }
    }

    private static IEnumerable<FieldError> Mounts(string path, Container container, HashSet<string> volumes)
    {
        for (int i = 0; i < container.VolumeMounts.Count; i++)
        {
            VolumeMount mount = container.VolumeMounts[i];
            if (mount.Name.Length == 0)
            {
                yield return FieldError.Required($"{path}[{i}].name");
            }
            else if (!volumes.Contains(mount.Name))
            {
                yield return FieldError.NotFound($"{path}[{i}].name", mount.Name);
            }

            if (mount.MountPath.Length == 0)
            {
                yield return FieldError.Required($"{path}[{i}].mountPath");
            }
            else if (container.VolumeMounts.Take(i).Any(one => one.MountPath == mount.MountPath))
            {
                yield return FieldError.InvalidString($"{path}[{i}].mountPath", mount.MountPath, "must be unique");
            }
        }
    }

    private static IEnumerable<FieldError> Policies(string at, Container container)
    {
        if (container.TerminationMessagePolicy is not ("" or "File" or "FallbackToLogsOnError"))
        {
            yield return FieldError.InvalidString($"{at}.terminationMessagePolicy", container.TerminationMessagePolicy, "must be 'File' or 'FallbackToLogsOnError'");
        }

        if (container.ImagePullPolicy is not ("" or "Always" or "IfNotPresent" or "Never"))
        {
            yield return FieldError.NotSupported($"{at}.imagePullPolicy", container.ImagePullPolicy, "Always", "IfNotPresent", "Never");
        }
    }
}
