using Harness.Agent.Contract.V1;
using Harness.Agent.Workloads;

namespace Harness.Agent.Sessions;

/// <summary>Terminal sizes as callers send them; 0 or nothing is the usual size. Pure.</summary>
internal static class TerminalSizes
{
    public static WindowSize ToWindow(TerminalSize? size) => size is { Columns: > 0, Rows: > 0 }
        ? new WindowSize((ushort)Math.Min(size.Columns, ushort.MaxValue), (ushort)Math.Min(size.Rows, ushort.MaxValue))
        : WindowSize.Default;
}
