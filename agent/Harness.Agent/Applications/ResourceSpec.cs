namespace Harness.Agent.Applications;

/// <summary>What a container may use: CPU in thousandths of a core, memory in bytes. Null: no limit.</summary>
internal sealed record ResourceSpec(long? CpuLimitMillis, long? CpuRequestMillis, long? MemoryLimitBytes)
{
    public static ResourceSpec Unlimited { get; } = new(null, null, null);

    public bool HasLimits => CpuLimitMillis is not null || MemoryLimitBytes is not null;
}
