using System.Collections.Immutable;

namespace Harness.Agent.Applications;

/// <summary>
/// One container of an application, resolved: variables expanded, the program chosen, nothing left to look up. Immutable.
/// </summary>
internal sealed record ContainerSpec
{
    public required string Name { get; init; }

    public required string Image { get; init; }

    public required ContainerRole Role { get; init; }

    /// <summary>The program (a path or a name to look up in PATH) and its arguments; never empty.</summary>
    public required ImmutableArray<string> CommandLine { get; init; }

    /// <summary>The workload's whole environment, each name once.</summary>
    public required ImmutableArray<KeyValuePair<string, string>> Environment { get; init; }

    /// <summary>Null: a folder of the container's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Null: the image names no archive.</summary>
    public ImageSource? ImageSource { get; init; }

    public PodSurroundings Pod { get; init; } = PodSurroundings.None;

    public ResourceSpec Resources { get; init; } = ResourceSpec.Unlimited;

    public ImmutableArray<MountSpec> Mounts { get; init; } = [];

    public bool ReadOnlyRoot { get; init; }

    public TerminationMessage TerminationMessage { get; init; } = TerminationMessage.Default;

    public RunAs RunAs { get; init; } = RunAs.Agent;

    /// <summary>Restart policy of this container: the pod's, with the exceptions for init containers applied.</summary>
    public required RestartPolicy RestartPolicy { get; init; }

    public ContainerHooks Hooks { get; init; } = ContainerHooks.None;

    public ContainerProbes Probes { get; init; } = ContainerProbes.None;
}
