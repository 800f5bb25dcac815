namespace Harness.Simulator.Ec2.Tests.Model;

public sealed class ClientTokenTests
{
    private const string SubnetA = "subnet-0a000000000000001";
    private const string SubnetB = "subnet-0a000000000000002";

    [Fact]
    public void RunInstances_SameTokenSameParameters_GivesSameInstance()
    {
        var model = new TestModel();
        var first = model.Launch(("ClientToken", "t"), ("SubnetId", SubnetA));
        Assert.Equal(first, model.Launch(("ClientToken", "t"), ("SubnetId", SubnetA)));
        Assert.Single(model.State.Instances);
    }

    [Fact]
    public void RunInstances_ReplayTellsStateOfNow()
    {
        var model = new TestModel();
        model.LaunchRunning(("ClientToken", "t"));
        Assert.Contains("running", TestModel.Values(model.Call("RunInstances", TestModel.Launching(("ClientToken", "t"))), "name"));
    }

    [Theory]
    [InlineData("InstanceType", "m5.xlarge")]
    [InlineData("UserData", "aGVsbG8=")]
    [InlineData("MaxCount", "2")]
    public void RunInstances_SameTokenOtherParameters_IsMismatch(string name, string value)
    {
        var model = new TestModel();
        model.Launch(("ClientToken", "t"));
        Assert.Equal(
            "IdempotentParameterMismatch", model.Try("RunInstances", TestModel.Launching(("ClientToken", "t"), (name, value))).Code);
        Assert.Single(model.State.Instances);
    }

    [Fact]
    public void RunInstances_SameTokenOtherZone_LaunchesAnother()
    {
        var model = new TestModel();
        var first = model.Launch(("ClientToken", "t"), ("SubnetId", SubnetA));
        Assert.NotEqual(first, model.Launch(("ClientToken", "t"), ("SubnetId", SubnetB)));
        Assert.NotEqual(first, model.Launch(("ClientToken", "t"), ("Placement.AvailabilityZone", "us-west-2c")));
        Assert.Equal(3, model.State.Instances.Count);
    }

    [Fact]
    public void RunInstances_NoZoneNamed_TokenCountsForRegion()
    {
        var model = new TestModel();
        var first = model.Launch(("ClientToken", "t"));
        Assert.Equal(first, model.Launch(("ClientToken", "t")));
        Assert.NotEqual(first, model.Launch(("ClientToken", "t"), ("SubnetId", SubnetA)));
    }

    [Fact]
    public void RunInstances_TokenByInterface_CountsForItsZone()
    {
        var model = new TestModel();
        (string, string)[] parameters = [("ClientToken", "t"), ("NetworkInterface.1.DeviceIndex", "0"), ("NetworkInterface.1.SubnetId", SubnetB)];
        var first = model.Launch(parameters);
        Assert.Equal(first, model.Launch(parameters));
        Assert.Contains("us-west-2b/t", model.State.LaunchTokens.Keys);
    }

    [Fact]
    public void RunInstances_TokenOfShuttingDownInstance_GivesInstance()
    {
        var model = new TestModel();
        var id = model.LaunchRunning(("ClientToken", "t"));
        model.Call("TerminateInstances", ("InstanceId.1", id));
        Assert.Equal(id, model.Launch(("ClientToken", "t")));
    }

    [Fact]
    public void RunInstances_TokenOfTerminatedInstance_IsRefusedForADayAfterItIsForgotten()
    {
        var model = new TestModel();
        var id = model.LaunchRunning(("ClientToken", "t"));
        model.Terminate(id);
        Assert.Equal("IdempotentInstanceTerminated", model.Try("RunInstances", TestModel.Launching(("ClientToken", "t"))).Code);

        model.Advance(TimeSpan.FromHours(24));
        Assert.Equal("IdempotentInstanceTerminated", model.Try("RunInstances", TestModel.Launching(("ClientToken", "t"))).Code);

        model.Advance(TimeSpan.FromHours(2));
        Assert.NotEqual(id, model.Launch(("ClientToken", "t")));
    }

    [Fact]
    public void RunInstances_DryRun_ChangesNothingAndKeepsTokenFree()
    {
        var model = new TestModel();
        var reply = model.Try("RunInstances", TestModel.Launching(("ClientToken", "t"), ("DryRun", "true")));
        Assert.Equal("DryRunOperation", reply.Code);
        Assert.Equal(System.Net.HttpStatusCode.PreconditionFailed, reply.Status);
        Assert.Empty(model.State.Instances);
        Assert.Empty(model.State.LaunchTokens);
    }

    [Fact]
    public void RunInstances_RefusedLaunch_KeepsTokenFree()
    {
        var model = new TestModel();
        Assert.Equal("InvalidAMIID.NotFound", model.Try(
            "RunInstances", TestModel.Launching(("ClientToken", "t"), ("ImageId", "ami-0123456789abcdef0"))).Code);
        model.Launch(("ClientToken", "t"));
    }

    [Fact]
    public void RunInstances_TokenOfTwo_GivesBoth()
    {
        var model = new TestModel();
        var parameters = TestModel.Launching(("ClientToken", "t"), ("MinCount", "2"), ("MaxCount", "2"));
        var first = TestModel.Values(model.Call("RunInstances", parameters), "instanceId");
        Assert.Equal(2, first.Count);
        Assert.Equal(first, TestModel.Values(model.Call("RunInstances", parameters), "instanceId"));
    }

    [Fact]
    public void RunInstances_TokenTooLong_IsRefused() => Assert.Equal(
        "InvalidParameterValue", new TestModel().Try("RunInstances", TestModel.Launching(("ClientToken", new string('x', 65)))).Code);

    [Fact]
    public void CreateNetworkInterface_Token_IsIdempotentUntilDeleted()
    {
        var model = new TestModel();
        (string, string)[] parameters = [("SubnetId", SubnetA), ("ClientToken", "t")];
        var id = TestModel.Values(model.Call("CreateNetworkInterface", parameters), "networkInterfaceId")[0];
        Assert.Equal(id, TestModel.Values(model.Call("CreateNetworkInterface", parameters), "networkInterfaceId")[0]);
        Assert.Equal("IdempotentParameterMismatch", model.Try("CreateNetworkInterface", [.. parameters, ("Description", "other")]).Code);

        model.Call("DeleteNetworkInterface", ("NetworkInterfaceId", id));
        Assert.Equal("InvalidParameterCombination", model.Try("CreateNetworkInterface", parameters).Code);
        model.Advance(TimeSpan.FromHours(25));
        model.Call("CreateNetworkInterface", parameters);
    }
}
