namespace Harness.Agent.Workloads;

/// <summary>The size of a terminal in characters.</summary>
internal readonly record struct WindowSize(ushort Columns, ushort Rows)
{
    public static WindowSize Default { get; } = new(80, 24);
}
