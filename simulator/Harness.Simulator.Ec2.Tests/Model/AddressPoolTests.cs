using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Tests.Model;

public sealed class AddressPoolTests
{
    /// <summary>Subnets of 16 addresses: 11 to hand out.</summary>
    private static readonly Ec2SimulatorOptions Small = TestModel.DefaultOptions with { World = WorldOf("127.9.0.0/28") };

    [Fact]
    public void Launch_SkipsFirstFourAndLast()
    {
        var model = new TestModel(Small);
        var addresses = Enumerable.Range(0, 11).Select(_ => AddressOf(model, model.Launch())).ToList();
        Assert.Equal(Enumerable.Range(4, 11).Select(last => $"127.9.0.{last}"), addresses);

        var reply = model.Try("RunInstances", TestModel.Launching());
        Assert.Equal("InsufficientFreeAddressesInSubnet", reply.Code);
        Assert.Equal(11, model.State.Instances.Count);
    }

    [Fact]
    public void Launch_MoreThanFree_GivesAsManyAsThereAre()
    {
        var model = new TestModel(Small);
        var document = model.Call("RunInstances", TestModel.Launching(("MinCount", "1"), ("MaxCount", "20")));
        Assert.Equal(11, TestModel.Values(document, "amiLaunchIndex").Count);
    }

    [Fact]
    public void Launch_MinCountOverFree_IsRefusedWhole()
    {
        var model = new TestModel(Small);
        Assert.Equal(
            "InsufficientFreeAddressesInSubnet", model.Try("RunInstances", TestModel.Launching(("MinCount", "12"), ("MaxCount", "12"))).Code);
        Assert.Empty(model.State.Instances);
        Assert.Empty(model.State.Addresses);
    }

    [Fact]
    public void Launch_AfterTermination_TakesAddressAgainLast()
    {
        var model = new TestModel(Small);
        var first = model.LaunchRunning();
        var address = AddressOf(model, first);
        model.Terminate(first);
        var next = Enumerable.Range(0, 11).Select(_ => AddressOf(model, model.Launch())).ToList();
        Assert.Equal(address, next[^1]);
    }

    [Theory]
    [InlineData("127.9.0.3", "InvalidParameterValue")]
    [InlineData("127.9.0.15", "InvalidParameterValue")]
    [InlineData("127.10.0.5", "InvalidParameterValue")]
    [InlineData("x", "InvalidParameterValue")]
    [InlineData("127.9.0.7", "InvalidIPAddress.InUse")]
    [InlineData("127.9.0.8", "OK")]
    public void Launch_GivenAddress_IsTakenWhenFreeAndOfSubnet(string address, string code)
    {
        var model = new TestModel(Small);
        model.Launch(("PrivateIpAddress", "127.9.0.7"));
        Assert.Equal(code, model.Try("RunInstances", TestModel.Launching(("PrivateIpAddress", address))).Code);
    }

    [Fact]
    public void DescribeSubnets_CountsFreeAddresses()
    {
        var model = new TestModel(Small);
        model.Launch();
        Assert.Equal("10", TestModel.Values(model.Call("DescribeSubnets"), "availableIpAddressCount")[0]);
    }

    [Fact]
    public void Launch_PrivateDnsName_IsOfAddressAndRegion()
    {
        var model = new TestModel();
        var document = model.Call("RunInstances", TestModel.Launching(("PrivateIpAddress", "127.7.0.5")));
        Assert.Equal("ip-127-7-0-5.us-west-2.compute.internal", TestModel.Values(document, "privateDnsName")[0]);
    }

    private static string AddressOf(TestModel model, string instanceId) =>
        Ipv4Block.FormatAddress(model.State.PrimaryInterfaceOf(model.State.Instances[instanceId])!.Address);

    private static SeedWorld WorldOf(string subnetBlock)
    {
        var world = SeedWorld.Create(Ipv4Block.Parse("127.9.0.0/16"));
        return world with { Subnets = [world.Subnets[0] with { CidrBlock = Ipv4Block.Parse(subnetBlock) }] };
    }
}
