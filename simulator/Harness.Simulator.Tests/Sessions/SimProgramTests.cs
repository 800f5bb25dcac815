using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Harness.Simulator.Programs;
using Harness.Simulator.State;
using Harness.Testing;

namespace Harness.Simulator.Tests.Sessions;

/// <summary>The <c>sim</c> program as a user runs it: detached, seen, ended, killed, refused.</summary>
public sealed class SimProgramTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var folder in Directory.GetDirectories(_folder.Path))
        {
            await SimAsync("down", "--dir", folder);
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Detached_TwoSideBySide_AreSeenAndEndedEachByItself()
    {
        (await UpAsync("one")).MustSucceed();
        (await UpAsync("two")).MustSucceed();

        var one = await StatusAsync("one");
        var two = await StatusAsync("two");
        Assert.Equal("ready", (string)one["state"]!);
        Assert.NotEqual((string)one["block"]!, (string)two["block"]!);
        Assert.NotEqual((string)one["ec2"]!["endpoint"]!, (string)two["ec2"]!["endpoint"]!);
        Assert.True(File.Exists((string)one["kubernetes"]!["kubeconfig"]!));
        var simulator = ProcessIdentity.Of((int)one["pid"]!)!;
        var provider = ProcessIdentity.Of((int)one["provider"]!["pid"]!)!;
        Assert.True(provider.IsAlive);
        Assert.Empty(one["hosts"]!.AsArray());

        (await SimAsync("down", "--dir", Folder("one"))).MustSucceed();
        Assert.Equal("stopped", (string)(await StatusAsync("one"))["state"]!);
        Assert.False(simulator.IsAlive);
        Assert.False(provider.IsAlive);
        Assert.Equal("ready", (string)(await StatusAsync("two"))["state"]!);
    }

    [Fact]
    public async Task Up_AfterAKilledSimulator_EndsWhatItLeftAndStartsAnew()
    {
        (await UpAsync("one")).MustSucceed();
        var before = await StatusAsync("one");
        var provider = ProcessIdentity.Of((int)before["provider"]!["pid"]!)!;

        Signal.SendKill(ProcessIdentity.Of((int)before["pid"]!)!);
        await Eventually.TrueAsync(() => RunRecord.Read(new SimDirectory(Folder("one"))) is { Simulator.IsAlive: false }, "the simulator outlived a kill");
        Assert.True(provider.IsAlive);
        var again = (await UpAsync("one")).MustSucceed();

        Assert.Contains("left behind", again, StringComparison.Ordinal);
        Assert.False(provider.IsAlive);
        Assert.Equal("ready", (string)(await StatusAsync("one"))["state"]!);
    }

    [Fact]
    public async Task Up_ControlPlaneThatIsNotThere_IsRefusedNamingTheProgramsAndTheRemedy()
    {
        var refused = await SimAsync("up", "--dir", Folder("one"), "--cluster", "processes", "--control-plane", _folder.Path);

        Assert.Equal(3, refused.ExitCode);
        Assert.Contains($"etcd, kube-apiserver, kube-controller-manager, kube-scheduler are not in {_folder.Path}", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("scripts/control-plane.sh", refused.Errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Down_AfterAKilledSimulatorOnProcesses_EndsItsControlPlane()
    {
        ChosenCluster.RequireReal();
        (await UpAsync("one")).MustSucceed();
        var before = await StatusAsync("one");
        var programs = RunRecord.Read(new SimDirectory(Folder("one")))!.Programs;
        Assert.Equal(["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"], programs.Keys.Order());
        Assert.All(programs.Values, program => Assert.True(program.IsAlive));
        Assert.Matches(@"^Kubernetes 1\.\d+\.\d+, etcd 3\.\d+\.\d+$", (string)before["kubernetes"]!["description"]!);

        Signal.SendKill(ProcessIdentity.Of((int)before["pid"]!)!);
        await Eventually.TrueAsync(() => RunRecord.Read(new SimDirectory(Folder("one"))) is { Simulator.IsAlive: false }, "the simulator outlived a kill");
        (await SimAsync("down", "--dir", Folder("one"))).MustSucceed();

        Assert.All(programs.Values, program => Assert.False(program.IsAlive));
        Assert.False(Directory.Exists(Path.Combine(Folder("one"), "kubernetes", "etcd")));
        Assert.False(Directory.Exists(Path.Combine(Folder("one"), "kubernetes", "pki")));
    }

    [Fact]
    public async Task Up_WhereOneRunsAlready_IsRefusedAndTheOtherGoesOn()
    {
        (await UpAsync("one")).MustSucceed();

        var second = await SimAsync("up", "--dir", Folder("one"));

        Assert.Equal(3, second.ExitCode);
        Assert.Contains("runs in", second.Errors, StringComparison.Ordinal);
        Assert.Equal("ready", (string)(await StatusAsync("one"))["state"]!);
    }

    [Fact]
    public async Task Up_AgentPortInUse_IsRefusedByName()
    {
        using var taken = new TcpListener(IPAddress.Any, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var refused = await SimAsync("up", "--dir", Folder("one"), "--agent-port", port);

        Assert.Equal(3, refused.ExitCode);
        Assert.Contains($"Port {port} for agents is in use", refused.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--boot-delay", "soon", "is not a duration")]
    [InlineData("--block", "255", "--block must be 1 to 254")]
    [InlineData("--nonsense", "1", "--nonsense")]
    public async Task Up_WrongOption_EndsWithAUsageErrorThatNamesIt(string option, string value, string expected)
    {
        var refused = await SimAsync("up", "--dir", Folder("one"), option, value);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(expected, refused.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder("one")));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    public async Task Programs_HelpAndVersion_ArePrinted(string option)
    {
        foreach (var program in (string[])[BuiltPrograms.Simulator, BuiltPrograms.Provider, BuiltPrograms.Agent])
        {
            Assert.NotEmpty((await ProgramRun.OfAsync(program, [option])).MustSucceed());
        }
    }

    [Fact]
    public async Task Status_WhereNoneRuns_SaysStopped()
    {
        var status = await SimAsync("status", "--dir", Folder("none"));

        Assert.Equal(1, status.ExitCode);
        Assert.Contains("stopped", status.Output, StringComparison.Ordinal);
    }

    private string Folder(string name) => Path.Combine(_folder.Path, name);

    private Task<ProgramRun> UpAsync(string name) => SimAsync("up", "--detach", "--dir", Folder(name), "--boot-delay", "0s", "--timeout", "2m", "--cluster", ChosenCluster.IsReal ? "processes" : "embedded");

    private async Task<JsonNode> StatusAsync(string name) => JsonNode.Parse((await SimAsync("status", "--dir", Folder(name), "-o", "json")).Output)!;

    private static Task<ProgramRun> SimAsync(params string[] arguments) => ProgramRun.OfAsync(BuiltPrograms.Simulator, arguments);
}
