using Harness.Simulator.Ec2.Model;

namespace Harness.Simulator.Ec2.Tests.Model;

public sealed class InstanceLifecycleTests
{
    [Theory]
    [InlineData(InstanceState.Pending, "HostStarted", InstanceState.Running)]
    [InlineData(InstanceState.Pending, "FirstBootFailed", InstanceState.Terminated)]
    [InlineData(InstanceState.Pending, "LaterBootFailed", InstanceState.Stopped)]
    [InlineData(InstanceState.Running, "StopAsked", InstanceState.Stopping)]
    [InlineData(InstanceState.Stopping, "StopDone", InstanceState.Stopped)]
    [InlineData(InstanceState.Stopped, "StartAsked", InstanceState.Pending)]
    [InlineData(InstanceState.Pending, "TerminateAsked", InstanceState.ShuttingDown)]
    [InlineData(InstanceState.Running, "TerminateAsked", InstanceState.ShuttingDown)]
    [InlineData(InstanceState.Stopping, "TerminateAsked", InstanceState.ShuttingDown)]
    [InlineData(InstanceState.Stopped, "TerminateAsked", InstanceState.ShuttingDown)]
    [InlineData(InstanceState.ShuttingDown, "TerminateDone", InstanceState.Terminated)]
    public void Next_PossibleTransition_GivesNextState(InstanceState state, string transition, InstanceState expected) =>
        Assert.Equal(expected, InstanceLifecycle.Next(state, Enum.Parse<InstanceTransition>(transition)));

    [Fact]
    public void Next_Terminated_HasNoWayOut() => Assert.All(
        Enum.GetValues<InstanceTransition>(),
        transition => Assert.Throws<InvalidOperationException>(() => InstanceLifecycle.Next(InstanceState.Terminated, transition)));

    [Fact]
    public void Launch_BootDelayThenHost_IsRunningOnlyOnceHostStarted()
    {
        var model = new TestModel();
        var id = model.Launch();
        model.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(model.Effects);

        model.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([new Effect.StartHost(id, 1)], model.Effects);
        Assert.Equal(InstanceState.Pending, model.StateOf(id));

        model.Report(HostReportKind.Started, id);
        Assert.Equal(InstanceState.Running, model.StateOf(id));
    }

    [Fact]
    public void Launch_BootDelayOfType_Counts()
    {
        var model = new TestModel(TestModel.DefaultOptions with
        {
            BootDelays = System.Collections.Immutable.ImmutableDictionary<string, TimeSpan>.Empty.Add("c5.large", TimeSpan.Zero),
        });
        var id = model.Launch(("InstanceType", "c5.large"));
        Assert.Equal([new Effect.StartHost(id, 1)], model.Effects);
    }

    [Fact]
    public void Launch_HostFails_EndsTerminatedWithReason()
    {
        var model = new TestModel();
        var id = model.Launch();
        model.Advance(TimeSpan.FromSeconds(30));
        model.Report(HostReportKind.Failed, id);

        Assert.Equal(InstanceState.Terminated, model.StateOf(id));
        var document = model.Call("DescribeInstances", ("InstanceId.1", id));
        Assert.Contains("Server.InternalError", TestModel.Values(document, "code"));
        Assert.Empty(model.State.NetworkInterfaces);
    }

    [Fact]
    public void Terminate_DelayOverButHostThere_WaitsForHost()
    {
        var model = new TestModel();
        var id = model.LaunchRunning();
        model.Call("TerminateInstances", ("InstanceId.1", id));
        model.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(InstanceState.ShuttingDown, model.StateOf(id));

        model.Report(HostReportKind.Stopped, id);
        Assert.Equal(InstanceState.Terminated, model.StateOf(id));
    }

    [Fact]
    public void Terminate_HostGoneBeforeDelay_WaitsForDelay()
    {
        var model = new TestModel();
        var id = model.LaunchRunning();
        model.Call("TerminateInstances", ("InstanceId.1", id));
        model.Report(HostReportKind.Stopped, id);
        Assert.Equal(InstanceState.ShuttingDown, model.StateOf(id));

        model.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(InstanceState.Terminated, model.StateOf(id));
    }

    [Fact]
    public void Terminate_BeforeBoot_StartsNoHost()
    {
        var model = new TestModel();
        var id = model.Launch();
        model.Call("TerminateInstances", ("InstanceId.1", id));
        model.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(InstanceState.Terminated, model.StateOf(id));
        Assert.Empty(model.Effects);
    }

    [Fact]
    public void Terminate_WhileHostStarts_StopsItAndIgnoresItsLateReport()
    {
        var model = new TestModel();
        var id = model.Launch();
        model.Advance(TimeSpan.FromSeconds(30));
        model.Call("TerminateInstances", ("InstanceId.1", id));
        model.Report(HostReportKind.Started, id);
        Assert.Equal(InstanceState.ShuttingDown, model.StateOf(id));
        Assert.Equal([new Effect.StartHost(id, 1), new Effect.StopHost(id, 1)], model.Effects);
    }

    [Fact]
    public void Terminate_Terminated_IsNoChange()
    {
        var model = new TestModel();
        var id = model.LaunchRunning();
        model.Terminate(id);
        var document = model.Call("TerminateInstances", ("InstanceId.1", id));
        Assert.Equal(["terminated", "terminated"], TestModel.Values(document, "name"));
    }

    [Fact]
    public void Terminated_AfterAnHour_IsForgotten()
    {
        var model = new TestModel();
        var id = model.LaunchRunning(("TagSpecification.1.ResourceType", "instance"), ("TagSpecification.1.Tag.1.Key", "a"));
        model.Terminate(id);
        model.Advance(TimeSpan.FromMinutes(59));
        model.Call("DescribeInstances", ("InstanceId.1", id));

        model.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("InvalidInstanceID.NotFound", model.Try("DescribeInstances", ("InstanceId.1", id)).Code);
        Assert.Empty(model.State.Tags);
    }

    [Fact]
    public void StopAndStart_KeepAddressAndBootAgain()
    {
        var model = new TestModel();
        var id = model.LaunchRunning();
        var address = model.State.PrimaryInterfaceOf(model.State.Instances[id])!.Address;
        model.Call("StopInstances", ("InstanceId.1", id));
        model.Report(HostReportKind.Stopped, id);
        model.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(InstanceState.Stopped, model.StateOf(id));

        model.Call("StartInstances", ("InstanceId.1", id));
        model.Advance(TimeSpan.FromSeconds(30));
        model.Report(HostReportKind.Started, id, boot: 1);
        Assert.Equal(InstanceState.Pending, model.StateOf(id));
        model.Report(HostReportKind.Started, id);
        Assert.Equal(InstanceState.Running, model.StateOf(id));
        Assert.Equal(address, model.State.PrimaryInterfaceOf(model.State.Instances[id])!.Address);
        Assert.Equal(new Effect.StartHost(id, 2), model.Effects[^1]);
    }

    [Fact]
    public void Start_HostFailsOnLaterBoot_IsStoppedAgain()
    {
        var model = new TestModel();
        var id = model.LaunchRunning();
        model.Call("StopInstances", ("InstanceId.1", id));
        model.Report(HostReportKind.Stopped, id);
        model.Advance(TimeSpan.FromSeconds(20));
        model.Call("StartInstances", ("InstanceId.1", id));
        model.Advance(TimeSpan.FromSeconds(30));
        model.Report(HostReportKind.Failed, id);
        Assert.Equal(InstanceState.Stopped, model.StateOf(id));
        Assert.NotEmpty(model.State.NetworkInterfaces);
    }

    [Theory]
    [InlineData("terminate", InstanceState.ShuttingDown)]
    [InlineData("stop", InstanceState.Stopping)]
    public void ShutDownFromInside_FollowsShutdownBehaviour(string behaviour, InstanceState expected)
    {
        var model = new TestModel();
        var id = model.LaunchRunning(("InstanceInitiatedShutdownBehavior", behaviour));
        model.Report(HostReportKind.ShutDownFromInside, id);
        Assert.Equal(expected, model.StateOf(id));
        Assert.Equal("Client.InstanceInitiatedShutdown", model.State.Instances[id].StateReason!.Code);
    }

    [Fact]
    public void Reboot_Running_RebootsHost()
    {
        var model = new TestModel();
        var id = model.LaunchRunning();
        model.Call("RebootInstances", ("InstanceId.1", id));
        Assert.Equal(new Effect.RebootHost(id, 1), model.Effects[^1]);
        Assert.Equal(InstanceState.Running, model.StateOf(id));
    }

    [Theory]
    [InlineData("StopInstances")]
    [InlineData("RebootInstances")]
    public void StateCalls_Pending_AreRefused(string action)
    {
        var model = new TestModel();
        Assert.Equal("IncorrectInstanceState", model.Try(action, ("InstanceId.1", model.Launch())).Code);
    }

    [Fact]
    public void Terminate_OneOfTwoUnknown_ChangesNone()
    {
        var model = new TestModel();
        var id = model.LaunchRunning();
        var reply = model.Try("TerminateInstances", ("InstanceId.1", id), ("InstanceId.2", "i-0123456789abcdef0"));
        Assert.Equal("InvalidInstanceID.NotFound", reply.Code);
        Assert.Equal(InstanceState.Running, model.StateOf(id));
    }

    [Fact]
    public void Terminate_Protected_IsRefusedUntilModified()
    {
        var model = new TestModel();
        var id = model.LaunchRunning(("DisableApiTermination", "true"));
        Assert.Equal("OperationNotPermitted", model.Try("TerminateInstances", ("InstanceId.1", id)).Code);
        model.Call("ModifyInstanceAttribute", ("InstanceId", id), ("DisableApiTermination.Value", "false"));
        model.Call("TerminateInstances", ("InstanceId.1", id));
        Assert.Equal(InstanceState.ShuttingDown, model.StateOf(id));
    }
}
