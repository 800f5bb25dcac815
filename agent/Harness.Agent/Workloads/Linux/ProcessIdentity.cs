using System.Globalization;

namespace Harness.Agent.Workloads.Linux;

/// <summary>A process that cannot be mistaken for a later one with the same number: its number and its start in clock ticks since boot.</summary>
internal readonly record struct ProcessIdentity(int Pid, long StartTicks)
{
    /// <summary>False once it has ended; a zombie has ended too.</summary>
    public bool IsAlive => ProcessTable.IsRunning(Pid, StartTicks);

    /// <summary>Reads "PID TICKS …" of a record; null when it is not complete.</summary>
    public static ProcessIdentity? Parse(ReadOnlySpan<string> words) =>
        words.Length >= 2
        && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
        && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? new ProcessIdentity(pid, ticks)
            : null;
}
