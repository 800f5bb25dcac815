using System.Collections.Concurrent;
using Harness.Fuzz.Targets;

namespace Harness.Fuzz.Floods;

/// <summary>Runs each flood in turn: good frames, and far too many of them. During each the agent must go on serving others.</summary>
internal static class FloodSuite
{
    /// <summary>No flood may hold the run up.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>One line for each flood; what goes wrong is added to the problems.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(
        AgentUnderTest agent,
        HealthProbe probe,
        FuzzOptions options,
        TimeProvider timeProvider,
        ConcurrentQueue<string> problems,
        CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (var (name, run) in new ConnectionFloods(agent.Address, options.FloodScale, timeProvider).All())
        {
            if (agent.HasExited)
            {
                break;
            }

            using var limit = new CancellationTokenSource(Limit, timeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            var answeredBefore = probe.Answered;
            string outcome;
            try
            {
                outcome = await run(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                outcome = $"took more than {Limit.TotalSeconds} s";
            }

            if (await new HealthProbe(agent.Address, timeProvider).CheckAsync(cancellationToken) is { } problem)
            {
                problems.Enqueue($"health check after the flood {name}: {problem}");
            }

            lines.Add($"{name}: {outcome}; {probe.Answered - answeredBefore} health checks answered meanwhile; {Mebibytes(agent)} MiB");
        }

        return lines;
    }

    private static long Mebibytes(AgentUnderTest agent) => agent.HasExited ? 0 : agent.PrivateBytes / 1024 / 1024;
}
