using Harness.Simulator.Ec2.Operations;

namespace Harness.Simulator.Ec2.Tests.Model;

public sealed class Ec2ModelTests
{
    [Fact]
    public void Apply_UnknownAction_IsInvalidAction()
    {
        var reply = new TestModel().Try("CreateSpotDatafeedSubscription");
        Assert.Equal("InvalidAction", reply.Code);
        Assert.Contains(
            "The action CreateSpotDatafeedSubscription is not valid for this web service.", reply.Document.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RunInstances", "LaunchTemplate.LaunchTemplateId")]
    [InlineData("RunInstances", "InstanceMarketOptions.MarketType")]
    [InlineData("DescribeRegions", "Nonsense")]
    public void Apply_ParameterThatNothingReads_IsRefusedByName(string action, string name)
    {
        var model = new TestModel();
        var reply = model.Try(action, [.. action == "RunInstances" ? TestModel.Launching() : [], (name, "x")]);
        Assert.Equal("UnknownParameter", reply.Code);
        Assert.Contains(name, reply.Document.Value, StringComparison.Ordinal);
        Assert.Empty(model.State.Instances);
    }

    [Fact]
    public void Apply_SameSeedSameCalls_GivesSameIdentifiers()
    {
        var (first, second) = (new TestModel(), new TestModel());
        Assert.Equal(first.Launch(), second.Launch());
        Assert.Matches("^i-0[0-9a-f]{16}$", first.Launch());
    }

    [Fact]
    public void OperationTable_DescribeOperations_LeaveStateAlone()
    {
        var model = new TestModel();
        var id = model.LaunchRunning();
        var before = model.State;
        foreach (var action in OperationTable.Names.Where(name => name.StartsWith("Describe", StringComparison.Ordinal)))
        {
            var reply = action == "DescribeInstanceAttribute"
                ? model.Try(action, ("InstanceId", id), ("Attribute", "userData"))
                : model.Try(action);
            Assert.Equal("OK", reply.Code);
            Assert.Same(before, model.State);
        }
    }
}
