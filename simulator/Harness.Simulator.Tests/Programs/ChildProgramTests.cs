using Harness.Simulator.Programs;
using Harness.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Tests.Programs;

public sealed class ChildProgramTests : IDisposable
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_Program_HasItsOwnSessionOnlyItsEnvironmentAndItsOutputInTheFile()
    {
        await using var child = Start("env; echo started; exec sleep 600");
        await WaitForAsync(() => Output().Contains("started", StringComparison.Ordinal));

        var lines = Output().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("COLOUR=green", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("HOME=", StringComparison.Ordinal));
        var fields = (await File.ReadAllTextAsync($"/proc/{child.Identity.Pid}/stat")).Split(") ")[1].Split(' ');
        Assert.Equal(child.Identity.ToString(), fields[3]);
    }

    [Fact]
    public async Task Stop_ProgramThatIgnoresSigterm_IsKilledAfterThePatience()
    {
        await using var child = Start("trap '' TERM; echo started; while true; do sleep 1; done");
        await WaitForAsync(() => Output().Contains("started", StringComparison.Ordinal));

        await child.StopAsync(TimeSpan.FromMilliseconds(100));

        Assert.False(child.Identity.IsAlive);
        Assert.Equal(137, await child.Exited);
    }

    [Fact]
    public async Task Stop_ProgramThatEndsOnSigterm_GivesItsExitCode()
    {
        await using var child = Start("trap 'exit 3' TERM; echo started; while true; do sleep 0.1; done");
        await WaitForAsync(() => Output().Contains("started", StringComparison.Ordinal));

        await child.StopAsync(SafetyNet);

        Assert.Equal(3, await child.Exited);
    }

    [Fact]
    public void Start_ProgramThatIsNotThere_IsRefusedByName()
    {
        var options = Options("") with { Program = "/nowhere/agent" };

        var exception = Assert.Throws<ProgramStartException>(() => ChildProgram.Start(options, TimeProvider.System, NullLogger.Instance));

        Assert.Contains("/nowhere/agent", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Supervised_ProcessThatIsKilled_IsStartedAgain()
    {
        var processes = new List<ProcessIdentity>();
        var second = new TaskCompletionSource();
        await using var supervised = new SupervisedProgram(Options("exec sleep 600"), TimeProvider.System, NullLogger.Instance, process =>
        {
            processes.Add(process);
            if (processes.Count == 2)
            {
                second.SetResult();
            }
        });
        supervised.Start();

        Signal.SendKill(processes[0]);
        await second.Task.WaitAsync(SafetyNet);

        Assert.False(processes[0].IsAlive);
        Assert.True(processes[1].IsAlive);
        await supervised.StopAsync(SafetyNet);
        Assert.False(processes[1].IsAlive);
    }

    private string Output() => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    private string LogFile => Path.Combine(_folder.Path, "log");

    private ChildProgram Start(string script) => ChildProgram.Start(Options(script), TimeProvider.System, NullLogger.Instance);

    private ChildProgramOptions Options(string script) => new()
    {
        Name = "test program",
        Program = "/bin/sh",
        Arguments = ["-c", script],
        Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["COLOUR"] = "green" },
        WorkingDirectory = _folder.Path,
        LogFile = LogFile,
    };

    private static async Task WaitForAsync(Func<bool> condition)
    {
        using var net = new CancellationTokenSource(SafetyNet);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, net.Token);
        }
    }
}
