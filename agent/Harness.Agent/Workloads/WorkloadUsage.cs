namespace Harness.Agent.Workloads;

/// <summary>What one run of a container uses at one moment. Null is not known.</summary>
internal sealed record WorkloadUsage
{
    /// <summary>Processor time since the start of the run.</summary>
    public TimeSpan? Cpu { get; init; }

    public long? MemoryBytes { get; init; }

    public long? WorkingSetBytes { get; init; }

    public long? ResidentBytes { get; init; }

    public long? MemoryLimitBytes { get; init; }

    public long? PageFaults { get; init; }

    public long? MajorPageFaults { get; init; }

    public int? Processes { get; init; }

    public IReadOnlyList<InterfaceUsage> Interfaces { get; init; } = [];
}
