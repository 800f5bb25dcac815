namespace Harness.Fuzz.Tests;

/// <summary>Short runs; <c>scripts/fuzz-agent</c> runs for minutes. A run must also say so when something is no good agent.</summary>
public sealed class FuzzRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fuzz-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Run_OfAFewSeconds_FindsTheAgentServingAndNoLarger()
    {
        var report = await RunAsync(new FuzzOptions
        {
            Agent = BuiltAgent.Path,
            Duration = TimeSpan.FromSeconds(5),
            FloodScale = 0.1,
            MaxGrowthMebibytes = 64,
        });

        Assert.True(report.IsGood, report.ToString());
        Assert.True(report is { Cases: > 10, Frames: > 50, Checks: > 0 }, report.ToString());
        Assert.Equal(11, report.Floods.Count);
    }

    [Fact]
    public async Task Run_AgentGrowsMoreThanAllowed_Fails()
    {
        var report = await RunAsync(new FuzzOptions
        {
            Agent = BuiltAgent.Path,
            Duration = TimeSpan.FromSeconds(1),
            FloodScale = 0.001,
            MaxGrowthMebibytes = -10_000,
        });

        Assert.Contains("memory grew", Assert.Single(report.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AgentThatEndsAtOnce_IsRefused()
    {
        var options = new FuzzOptions { Agent = Program("echo no luck >&2; exit 1"), Duration = TimeSpan.FromSeconds(1) };

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(options));

        Assert.Contains("does not serve", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AgentThatEndsMeanwhile_Fails()
    {
        // The kernel kills it once it has used so much of the processor.
        var report = await RunAsync(new FuzzOptions
        {
            Agent = Program($"ulimit -t 4; exec '{BuiltAgent.Path}' \"$@\""),
            Duration = TimeSpan.FromSeconds(120),
            FloodScale = 0.001,
        });

        Assert.Contains(report.Problems, problem => problem.StartsWith("the agent ended", StringComparison.Ordinal));
    }

    private static Task<FuzzReport> RunAsync(FuzzOptions options) =>
        new FuzzRun(options, TimeProvider.System, TextWriter.Null).RunAsync(CancellationToken.None);

    private string Program(string script)
    {
        var path = Path.Combine(_folder.FullName, "agent");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }
}
