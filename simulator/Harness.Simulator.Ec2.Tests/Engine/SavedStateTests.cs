using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.World;
using Harness.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Ec2.Tests.Engine;

public sealed class SavedStateTests
{
    [Fact]
    public void WriteAndRead_EverythingThatCallsMade_IsTheSame()
    {
        var model = Busy();
        var saved = StateDocument.Write(model.State);
        var read = StateDocument.Read(saved, TestModel.DefaultOptions.World);
        Assert.Equal(saved, StateDocument.Write(read));
        Assert.Equal(model.State.Addresses.OrderBy(one => one.Key), read.Addresses.OrderBy(one => one.Key));
        Assert.Equal(model.State.NextDue, read.NextDue);
    }

    [Fact]
    public void Resume_MachinesAreAskedForAgain()
    {
        var model = Busy();
        var effects = Ec2Model.Resume(StateDocument.Read(StateDocument.Write(model.State), TestModel.DefaultOptions.World)).Effects;
        Assert.Equal(2, effects.OfType<Effect.StartHost>().Count());
        Assert.Single(effects.OfType<Effect.StopHost>());
        Assert.Equal(3, effects.Length);
    }

    [Fact]
    public void Report_MachineOfRunningInstanceDoesNotComeBack_InstanceEnds()
    {
        var model = new TestModel();
        var id = model.LaunchRunning();
        model.Report(HostReportKind.Failed, id);
        model.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(InstanceState.Terminated, model.StateOf(id));
        Assert.Equal("Server.InternalError", model.State.Instances[id].StateReason!.Code);
    }

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("{}", "cannot be read")]
    [InlineData("null", "cannot be read")]
    public void Read_NoSuchDocument_IsRefused(string json, string words)
    {
        var refusal = Assert.Throws<ArgumentException>(() => StateDocument.Read(json, TestModel.DefaultOptions.World));
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAnotherBlock_IsRefused()
    {
        var saved = StateDocument.Write(Busy().State);
        var refusal = Assert.Throws<ArgumentException>(() => StateDocument.Read(saved, SeedWorld.Create(Ipv4Block.Parse("127.8.0.0/16"))));
        Assert.Contains("not in this simulator's block", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_WithStateOfAnother_GoesOn()
    {
        var time = new ManualTimeProvider();
        string id;
        string saved;
        var options = new Ec2SimulatorOptions { BootDelay = TimeSpan.Zero };
        await using (var first = await Ec2Simulator.StartAsync(options, time, NullLoggerFactory.Instance, CancellationToken.None))
        {
            using var client = new Ec2Client(first.Endpoint);
            id = await client.LaunchAsync(("ClientToken", "t"));
            saved = first.ExportState();
        }

        var host = new FakeHost();
        await using var second = await Ec2Simulator.StartAsync(
            options with { InitialState = saved, Host = host }, time, NullLoggerFactory.Instance, CancellationToken.None);
        await host.Starting.Task.WaitAsync(TimeSpan.FromSeconds(60));
        host.Started.SetResult();
        using var again = new Ec2Client(second.Endpoint);
        Assert.Equal(id, await again.LaunchAsync(("ClientToken", "t")));
        Assert.Equal(InstanceState.Running, second.Find(id)!.State);
        Assert.Equal(["start 127.7.0.4 Running"], host.Calls);
    }

    /// <summary>An instance that boots, one that runs, one that goes down, one that is gone; tags, tokens and an interface.</summary>
    private static TestModel Busy()
    {
        var model = new TestModel();
        model.Terminate(model.LaunchRunning(("ClientToken", "gone")));
        model.LaunchRunning(
            ("ClientToken", "runs"), ("UserData", "aGk="), ("IamInstanceProfile.Name", "harness-instance"),
            ("TagSpecification.1.ResourceType", "instance"), ("TagSpecification.1.Tag.1.Key", "PodUid"),
            ("TagSpecification.1.Tag.1.Value", "u"));
        model.Call("TerminateInstances", ("InstanceId.1", model.LaunchRunning()));
        model.Launch();
        model.Advance(TimeSpan.FromSeconds(30));
        model.Launch();
        model.Call("CreateNetworkInterface", ("SubnetId", SeedWorld.DefaultSubnetId), ("ClientToken", "e"));
        return model;
    }
}
