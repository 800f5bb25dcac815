using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2.Tests.Operations;

public sealed class InterfaceCallsTests
{
    [Fact]
    public void Create_TagsAndGroups_AreDescribed()
    {
        var model = new TestModel();
        var created = model.Call(
            "CreateNetworkInterface", ("SubnetId", SeedWorld.DefaultSubnetId), ("Description", "node"), ("PrivateIpAddress", "127.7.0.50"),
            ("SecurityGroupId.1", SeedWorld.AgentSecurityGroupId), ("TagSpecification.1.ResourceType", "network-interface"),
            ("TagSpecification.1.Tag.1.Key", "Name"), ("TagSpecification.1.Tag.1.Value", "cluster-0"));
        Assert.Equal("pending", TestModel.Values(created, "status")[0]);

        var found = model.Call(
            "DescribeNetworkInterfaces", ("Filter.1.Name", "tag:Name"), ("Filter.1.Value.1", "cluster-0"),
            ("Filter.2.Name", "subnet-id"), ("Filter.2.Value.1", SeedWorld.DefaultSubnetId), ("Filter.3.Name", "status"), ("Filter.3.Value.1", "available"));
        Assert.Equal(["ip-127-7-0-50.us-west-2.compute.internal"], TestModel.Values(found, "privateDnsName").Distinct());
        Assert.Equal(["agents"], TestModel.Values(found, "groupName"));
    }

    [Theory]
    [InlineData("SubnetId", "", "MissingParameter")]
    [InlineData("SubnetId", "subnet-0123456789abcdef0", "InvalidSubnetID.NotFound")]
    [InlineData("SecurityGroupId.1", "sg-0123456789abcdef0", "InvalidGroup.NotFound")]
    [InlineData("PrivateIpAddress", "10.0.0.1", "InvalidParameterValue")]
    [InlineData("InterfaceType", "efa", "InvalidParameterValue")]
    [InlineData("Ipv6AddressCount", "1", "UnknownParameter")]
    public void Create_BadParameter_IsRefused(string name, string value, string code)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["SubnetId"] = SeedWorld.DefaultSubnetId, [name] = value };
        var model = new TestModel();
        Assert.Equal(
            code, model.Try("CreateNetworkInterface", [.. parameters.Where(one => one.Value != "").Select(one => (one.Key, one.Value))]).Code);
        Assert.Empty(model.State.NetworkInterfaces);
    }

    [Theory]
    [InlineData("eni-0123456789abcdef0", "InvalidNetworkInterfaceID.NotFound")]
    [InlineData("eth0", "InvalidNetworkInterfaceId.Malformed")]
    public void DescribeAndDelete_UnknownInterface_AreRefused(string id, string code)
    {
        var model = new TestModel();
        Assert.Equal(code, model.Try("DescribeNetworkInterfaces", ("NetworkInterfaceId.1", id)).Code);
        Assert.Equal(code, model.Try("DeleteNetworkInterface", ("NetworkInterfaceId", id)).Code);
    }
}
