using System.Collections.Immutable;

namespace Harness.Agent.Applications;

/// <summary>
/// Everything that the core knows: the one application (or none yet), and the UIDs of those that ended before. Immutable.
/// </summary>
internal sealed record ApplicationState
{
    private const int RememberedUids = 64;

    public static ApplicationState Empty { get; } = new();

    public ApplicationSpec? Spec { get; init; }

    public PodPhase Phase { get; init; } = PodPhase.Pending;

    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";

    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When activeDeadlineSeconds is over; null without one.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>In the order of the spec: init containers, then the main ones.</summary>
    public ImmutableArray<ContainerState> Containers { get; init; } = [];

    public Ending? Ending { get; init; }

    public ImmutableArray<ConditionState> Conditions { get; init; } = [];

    /// <summary>The latest UIDs that have ended, oldest first: a late retry of their launch starts nothing.</summary>
    public ImmutableArray<string> EndedUids { get; init; } = [];

    /// <summary>Set once the agent stops: nothing is launched any more.</summary>
    public bool Draining { get; init; }

    public bool IsTerminal => Phase is PodPhase.Succeeded or PodPhase.Failed;

    public bool IsActive => Spec is not null && !IsTerminal;

    public IEnumerable<ContainerState> Inits => Containers.Where(container => container.Spec.Role != ContainerRole.Main);

    public IEnumerable<ContainerState> Mains => Containers.Where(container => container.Spec.Role == ContainerRole.Main);

    public int IndexOf(WorkloadKey key)
    {
        for (var index = 0; index < Containers.Length; index++)
        {
            if (Containers[index].Key == key)
            {
                return index;
            }
        }

        return -1;
    }

    public ApplicationState With(int index, ContainerState container) => this with { Containers = Containers.SetItem(index, container) };

    public ApplicationState Remembering(string uid)
    {
        var kept = EndedUids.Length < RememberedUids ? EndedUids : EndedUids.RemoveAt(0);
        return this with { EndedUids = kept.Contains(uid) ? kept : kept.Add(uid) };
    }
}
