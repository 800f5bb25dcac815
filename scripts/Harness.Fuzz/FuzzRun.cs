using System.Collections.Concurrent;
using Harness.Fuzz.Cases;
using Harness.Fuzz.Floods;
using Harness.Fuzz.Targets;

namespace Harness.Fuzz;

/// <summary>
/// One run: starts an agent, sends it cases for the given time and then the floods, while another client asks for its health and gets
/// it, and compares its private memory at the end with that when warm. Used once.
/// </summary>
internal sealed class FuzzRun(FuzzOptions options, TimeProvider timeProvider, TextWriter output)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<string, CaseCount> _outcomes = new();
    private readonly ConcurrentQueue<string> _problems = new();
    private long _cases;
    private long _frames;
    private long _bytes;

    public async Task<FuzzReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var agent = AgentUnderTest.Start(options.Agent);
        var probe = new HealthProbe(agent.Address, timeProvider);
        await WaitServingAsync(agent, probe, cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(agent, probe, ended.Token);
        var source = new CaseSource(options.Seed);
        // Compiled code, and buffers for as many clients as there ever are, are no growth: a first round does not count.
        await SendAsync(agent, source, options.Duration / 5, cancellationToken);
        await FloodSuite.RunAsync(agent, probe, options, timeProvider, _problems, cancellationToken);
        var warm = agent.HasExited ? 0 : agent.PrivateBytes;
        await output.WriteLineAsync($"warm after {_cases} connections and the floods: {warm / 1024 / 1024} MiB");
        await SendAsync(agent, source, options.Duration * 4 / 5, cancellationToken);
        var floods = await FloodSuite.RunAsync(agent, probe, options, timeProvider, _problems, cancellationToken);
        await ended.CancelAsync();
        await watching;
        var end = agent.HasExited ? 0 : await SettledBytesAsync(agent, warm, cancellationToken);
        Judge(agent, warm, end);
        return new FuzzReport
        {
            Seed = options.Seed,
            Cases = _cases,
            Frames = _frames,
            Bytes = _bytes,
            Outcomes = _outcomes,
            Floods = floods,
            Checks = probe.Answered,
            WarmBytes = warm,
            EndBytes = end,
            Problems = [.. _problems],
        };
    }

    private async Task WaitServingAsync(AgentUnderTest agent, HealthProbe probe, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(StartLimit, timeProvider);
        while (await probe.CheckAsync(cancellationToken) is { } problem)
        {
            if (agent.HasExited || limit.IsCancellationRequested)
            {
                throw new InvalidOperationException($"The agent does not serve on {agent.Address}: {problem}\n{agent.LastLines}");
            }

            await Task.Delay(CheckPeriod, timeProvider, cancellationToken);
        }
    }

    private async Task WatchAsync(AgentUnderTest agent, HealthProbe probe, CancellationToken cancellationToken)
    {
        try
        {
            while (!agent.HasExited)
            {
                if (await probe.CheckAsync(cancellationToken) is { } problem && !cancellationToken.IsCancellationRequested)
                {
                    _problems.Enqueue($"health check after {Interlocked.Read(ref _cases)} connections: {problem}");
                }

                await Task.Delay(CheckPeriod, timeProvider, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    private async Task SendAsync(AgentUnderTest agent, CaseSource source, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(duration, timeProvider);
        var runner = new CaseRunner(agent.Address, timeProvider);
        await Task.WhenAll(Enumerable.Range(0, options.Workers).Select(_ => Task.Run(
            async () =>
            {
                while (!over.IsCancellationRequested && !agent.HasExited)
                {
                    var each = source.Next();
                    var outcome = await runner.RunAsync(each, cancellationToken);
                    _outcomes.AddOrUpdate(
                        $"{each.Kind}: {outcome}", new CaseCount(1, each.Number), (_, counted) => counted with { Count = counted.Count + 1 });
                    Interlocked.Increment(ref _cases);
                    Interlocked.Add(ref _frames, each.Pieces.Count);
                    Interlocked.Add(ref _bytes, each.Bytes);
                }
            },
            cancellationToken)));
    }

    /// <summary>The agent's collector gives memory back in its own time: the lowest of a few looks counts.</summary>
    private async Task<long> SettledBytesAsync(AgentUnderTest agent, long warm, CancellationToken cancellationToken)
    {
        var lowest = agent.PrivateBytes;
        for (var look = 0; look < 20 && lowest > warm && !agent.HasExited; look++)
        {
            await Task.Delay(CheckPeriod, timeProvider, cancellationToken);
            lowest = Math.Min(lowest, agent.PrivateBytes);
        }

        return lowest;
    }

    private void Judge(AgentUnderTest agent, long warm, long end)
    {
        if (agent.HasExited)
        {
            _problems.Enqueue($"the agent ended:\n{agent.LastLines}");
        }
        else if (end - warm > options.MaxGrowthMebibytes * 1024L * 1024)
        {
            _problems.Enqueue($"the agent's private memory grew by {(end - warm) / 1024 / 1024} MiB, more than {options.MaxGrowthMebibytes}");
        }
    }
}
