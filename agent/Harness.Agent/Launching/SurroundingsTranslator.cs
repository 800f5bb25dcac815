using System.Collections.Immutable;
using Harness.Agent.Applications;
using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Agent.Launching;

/// <summary>
/// Resolves how far a pod is kept apart from the instance, and what of it the instance cannot give. Lives for one translation.
/// </summary>
internal sealed class SurroundingsTranslator(Pod pod, RuntimeAbilities abilities, Refusals refusals)
{
    public PodSurroundings Translate(ImmutableArray<VolumeSpec> volumes) => new()
    {
        PodUid = pod.Metadata.Uid,
        Hostname = pod.Spec.Hostname.Length > 0 ? pod.Spec.Hostname : pod.Metadata.Name,
        Isolation = Level(),
        Volumes = volumes,
        FsGroup = pod.Spec.SecurityContext is { HasFsGroup: true } context ? context.FsGroup : null,
    };

    /// <summary>What the pod would be given and is not, by name. With isolation required that is a refusal.</summary>
    public ImmutableArray<string> Lacks(PodSurroundings surroundings, ImmutableArray<ContainerSpec> containers)
    {
        if (abilities.Simulated)
        {
            return [];
        }

        var limited = containers.Any(container => container.Resources.HasLimits);
        ImmutableArray<string> lacks = surroundings.Isolation != IsolationLevel.None ? abilities.Instance.Value.Lacks
            : limited && !abilities.Instance.Value.Cgroups ? ["control groups"]
            : [];
        if (surroundings.Isolation == IsolationLevel.Required && !lacks.IsEmpty)
        {
            refusals.Add("isolation", $"required, but this instance does not give the agent {string.Join(", ", lacks)}");
        }

        return lacks;
    }

    private IsolationLevel Level()
    {
        if (!pod.Metadata.Annotations.TryGetValue(WellKnown.IsolationAnnotation, out var text))
        {
            return abilities.Isolation;
        }

        if (!Enum.TryParse<IsolationLevel>(text, ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted) || wanted == IsolationLevel.None)
        {
            refusals.Add($"metadata.annotations[{WellKnown.IsolationAnnotation}]", $"\"{text}\" is not one of preferred, required");
        }

        return wanted > abilities.Isolation ? wanted : abilities.Isolation;
    }
}
