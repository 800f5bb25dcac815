using System.Globalization;
using Harness.Agent.Tests.Support;
using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Agent.Tests.Kills;

/// <summary>
/// One pod of the kill run: what it does is drawn from the seed, and it writes a beacon that no agent has a hand in: a line at its start, and
/// one at its end with the code that it ends with.
/// </summary>
internal sealed class KilledPod(string name, string beacon, Random random)
{
    private const int CodeWhenTerminated = 42;

    /// <summary>The code of an end of its own accord.</summary>
    public int ExitCode { get; } = random.Next(0, CodeWhenTerminated);

    public bool IsTerminated { get; } = random.Next(3) == 0;

    public int Steps { get; } = random.Next(1, 12);

    public string Name => name;

    public Pod ToPod()
    {
        var loop = IsTerminated ? "while :; do sleep 0.05; done" : $"i=0; while [ $i -lt {Steps} ]; do sleep 0.05; i=$((i+1)); done";
        var script = $"trap 'echo end {CodeWhenTerminated} >> {beacon}; exit {CodeWhenTerminated}' TERM; echo start $$$$ >> {beacon}; {loop}; echo end {ExitCode} >> {beacon}; exit {ExitCode}";
        var pod = TestPod.Script(name, script, "Never");
        pod.Spec.TerminationGracePeriodSeconds = 60;
        return pod;
    }

    /// <summary>The beacon against what the agent tells; empty: they agree.</summary>
    public string Disagreement(PodStatus told)
    {
        var lines = File.Exists(beacon) ? File.ReadAllLines(beacon) : [];
        var starts = lines.Count(line => line.StartsWith("start ", StringComparison.Ordinal));
        var end = lines.LastOrDefault(line => line.StartsWith("end ", StringComparison.Ordinal));
        var terminated = told.ContainerStatuses[0].State.Terminated;
        if (starts > 1)
        {
            return $"{name}: started {starts} times";
        }

        if (terminated is null)
        {
            // Terminated before it began: nothing may have run.
            return starts == 0 ? "" : $"{name}: ran, but the agent tells {told.ContainerStatuses[0].State}";
        }

        if (end is null)
        {
            // SIGTERM may have come before the trap was set.
            return IsTerminated && terminated.Signal == 15 ? "" : $"{name}: wrote no end, but the agent tells {terminated}";
        }

        var code = int.Parse(end["end ".Length..], CultureInfo.InvariantCulture);
        return starts == 1 && code == terminated.ExitCode ? "" : $"{name}: ended with {code}, but the agent tells {terminated}";
    }
}
