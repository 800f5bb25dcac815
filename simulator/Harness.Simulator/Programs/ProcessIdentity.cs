using System.Globalization;

namespace Harness.Simulator.Programs;

/// <summary>
/// A process that cannot be mistaken for a later one with the same number: its id and its start time in clock ticks
/// since boot (field 22 of /proc/PID/stat).
/// </summary>
public sealed record ProcessIdentity(int Pid, long StartTicks)
{
    /// <summary>The process that has this number now, or null.</summary>
    public static ProcessIdentity? Of(int pid) => ProcessStat.Read(pid) is { } stat ? new ProcessIdentity(pid, stat.StartTicks) : null;

    /// <summary>True while the process runs; a zombie that nobody has reaped yet does not.</summary>
    public bool IsAlive => ProcessStat.Read(Pid) is { } stat && stat.StartTicks == StartTicks && stat.State is not ('Z' or 'X');

    public override string ToString() => Pid.ToString(CultureInfo.InvariantCulture);
}
