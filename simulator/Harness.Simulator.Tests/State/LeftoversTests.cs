using System.Diagnostics;
using Harness.Simulator.Programs;
using Harness.Simulator.State;
using Harness.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Tests.State;

public sealed class LeftoversTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _started = [];

    public void Dispose()
    {
        foreach (var process in _started)
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task End_ProcessesOfAKilledRun_EndsTheRecordedTheirChildrenAndThoseOnADisk()
    {
        var directory = new SimDirectory(_folder.Path);
        directory.Create();
        var disk = Directory.CreateDirectory(Path.Combine(directory.Host("i-1"), "disk")).FullName;
        var agent = Sleeper("/tmp", "sleep 600 & sleep 600 & wait");
        var workload = Sleeper(disk, "exec sleep 600");
        var stranger = Sleeper("/tmp", "exec sleep 600");
        new RunRecord
        {
            Simulator = new ProcessIdentity(1, 0),
            Control = "http://127.1.0.1:1",
            Agents = new Dictionary<string, ProcessIdentity> { ["i-1"] = agent },
        }.Write(directory);

        var ended = await Leftovers.EndAsync(directory, TimeProvider.System, NullLogger.Instance, CancellationToken.None);

        Assert.True(ended >= 2, $"{ended} processes were ended.");
        Assert.False(agent.IsAlive);
        Assert.False(workload.IsAlive);
        Assert.True(stranger.IsAlive);
        Assert.False(Directory.Exists(directory.Hosts));
        Assert.Null(RunRecord.Read(directory));
    }

    [Fact]
    public async Task End_RecordedPidThatAnotherProcessHasNow_LeavesThatProcessAlone()
    {
        var directory = new SimDirectory(_folder.Path);
        directory.Create();
        var other = Sleeper("/tmp", "exec sleep 600");
        new RunRecord
        {
            Simulator = new ProcessIdentity(1, 0),
            Control = "http://127.1.0.1:1",
            Provider = other with { StartTicks = other.StartTicks - 1 },
        }.Write(directory);

        await Leftovers.EndAsync(directory, TimeProvider.System, NullLogger.Instance, CancellationToken.None);

        Assert.True(other.IsAlive);
    }

    [Fact]
    public void Read_RecordThatWasCutOff_IsNone()
    {
        var directory = new SimDirectory(_folder.Path);
        File.WriteAllText(directory.RunRecord, "{ \"simulator\": { \"pid\": ");

        Assert.Null(RunRecord.Read(directory));
    }

    private ProcessIdentity Sleeper(string folder, string script)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        var process = Process.Start(start)!;
        _started.Add(process);
        return ProcessIdentity.Of(process.Id)!;
    }
}
