using System.Collections.Immutable;
using Harness.Agent.Applications;
using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Agent.Launching;

/// <summary>Turns the containers of one pod into specs, gathering refusals on the way. Lives for one translation.</summary>
internal sealed class ContainerTranslator(
    Pod pod,
    RestartPolicy podPolicy,
    PodSurroundings surroundings,
    VolumeTranslator volumes,
    RuntimeAbilities abilities,
    Refusals refusals,
    SortedSet<string> passedOver)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public ImmutableArray<ContainerSpec> Translate()
    {
        var inits = pod.Spec.InitContainers.Select((container, index) => TranslateOne(container, $"spec.initContainers[{index}]", true));
        var mains = pod.Spec.Containers.Select((container, index) => TranslateOne(container, $"spec.containers[{index}]", false));
        return [.. inits, .. mains];
    }

    private ContainerSpec TranslateOne(Container container, string path, bool init)
    {
        FieldPolicy.Container.Check(container, path, refusals, passedOver);
        CheckName(container, path);
        var environment = new EnvironmentTranslator(pod, refusals).Translate(container, path);
        var security = new SecurityTranslator(abilities, surroundings, refusals, passedOver);
        var image = abilities.Simulated ? null : ImageReference.Parse(container.Image);
        var role = Role(container, path, init);
        var handlers = new HandlerTranslator(pod, container, refusals);
        return new ContainerSpec
        {
            Name = container.Name,
            Image = container.Image,
            ImageSource = image,
            Role = role,
            CommandLine = CommandLine(container, path, environment.Declared),
            Environment = environment.All,
            WorkingDirectory = WorkingDirectory(container, path),
            Pod = surroundings,
            Resources = Resources(container, path),
            Mounts = volumes.Mounts(container, path, environment.Declared),
            ReadOnlyRoot = security.ReadOnlyRoot(container.SecurityContext, path),
            TerminationMessage = TerminationMessage(container, path),
            RunAs = security.Translate(pod.Spec.SecurityContext, container.SecurityContext, path),
            RestartPolicy = Policy(role),
            Hooks = handlers.Hooks(path, role),
            Probes = handlers.Probes(path, role),
        };
    }

    private void CheckName(Container container, string path)
    {
        if (container.Name.Length is 0 or > 63 || !container.Name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-'))
        {
            refusals.Add($"{path}.name", $"\"{container.Name}\" is not a DNS label (1 to 63 letters, digits and '-')");
        }
        else if (!_names.Add(container.Name))
        {
            refusals.Add($"{path}.name", $"\"{container.Name}\" names another container of the pod too");
        }
    }

    private ResourceSpec Resources(Container container, string path)
    {
        var limits = container.Resources?.Limits;
        var requests = container.Resources?.Requests;
        return new ResourceSpec(
            Amount(limits, "cpu", 1000, $"{path}.resources.limits"),
            Amount(requests, "cpu", 1000, $"{path}.resources.requests"),
            Amount(limits, "memory", 1, $"{path}.resources.limits"));
    }

    private long? Amount(IDictionary<string, Kubernetes.Objects.Resource.Quantity>? amounts, string name, long scale, string path)
    {
        if (amounts is null || !amounts.TryGetValue(name, out var quantity))
        {
            return null;
        }

        var amount = QuantityReading.Read(quantity, scale);
        if (amount is null or < 0)
        {
            refusals.Add($"{path}.{name}", $"\"{quantity.String}\" is not a quantity");
        }

        // 0 stands for no limit, as in Kubernetes.
        return amount > 0 ? amount : null;
    }

    private TerminationMessage TerminationMessage(Container container, string path)
    {
        if (container.TerminationMessagePolicy is not ("" or "File" or "FallbackToLogsOnError"))
        {
            refusals.Add($"{path}.terminationMessagePolicy", $"\"{container.TerminationMessagePolicy}\" is not one of File, FallbackToLogsOnError");
        }

        if (container.TerminationMessagePath.Length > 0 && !container.TerminationMessagePath.StartsWith('/'))
        {
            refusals.Add($"{path}.terminationMessagePath", $"\"{container.TerminationMessagePath}\" is not an absolute path");
        }

        var file = container.TerminationMessagePath.Length > 0 ? container.TerminationMessagePath : Applications.TerminationMessage.Default.Path;
        return new TerminationMessage(file, container.TerminationMessagePolicy == "FallbackToLogsOnError");
    }

    private ContainerRole Role(Container container, string path, bool init)
    {
        if (!init)
        {
            if (container.RestartPolicy.Length > 0)
            {
                refusals.NotSupported($"{path}.restartPolicy");
            }

            return ContainerRole.Main;
        }

        if (container.RestartPolicy is not ("" or "Always"))
        {
            refusals.Add($"{path}.restartPolicy", $"\"{container.RestartPolicy}\" is not supported; only Always is, on init containers");
        }

        return container.RestartPolicy == "Always" ? ContainerRole.Sidecar : ContainerRole.Init;
    }

    private RestartPolicy Policy(ContainerRole role) => role switch
    {
        ContainerRole.Sidecar => RestartPolicy.Always,
        ContainerRole.Init when podPolicy == RestartPolicy.Always => RestartPolicy.OnFailure,
        _ => podPolicy,
    };

    private ImmutableArray<string> CommandLine(Container container, string path, IReadOnlyDictionary<string, string> variables)
    {
        var program = container.Command.Count > 0 ? container.Command : abilities.Simulated ? ["(image)"] : ImageProgram(container.Image);
        if (program.Count == 0)
        {
            refusals.Add($"{path}.command", $"missing, and the image \"{container.Image}\" is not a program on this instance; give a command, "
                + "or an image of the form file:/path/to/program (images are not pulled)");
            return [""];
        }

        ImmutableArray<string> line = [.. program.Concat(container.Args).Select(part => VariableExpansion.Expand(part, variables))];
        if (line[0].Length == 0 || line.Any(part => part.Contains('\0')))
        {
            refusals.Add($"{path}.command", "an empty program name, or a NUL character");
        }

        return line;
    }

    private static IList<string> ImageProgram(string image)
    {
        var name = image.StartsWith("file:", StringComparison.Ordinal) ? image["file:".Length..] : image;
        return name.StartsWith('/') ? ["/" + name.TrimStart('/')] : [];
    }

    private string? WorkingDirectory(Container container, string path)
    {
        if (container.WorkingDir.Length > 0 && !container.WorkingDir.StartsWith('/'))
        {
            refusals.Add($"{path}.workingDir", $"\"{container.WorkingDir}\" is not an absolute path");
        }

        return container.WorkingDir.Length > 0 ? container.WorkingDir : null;
    }
}
