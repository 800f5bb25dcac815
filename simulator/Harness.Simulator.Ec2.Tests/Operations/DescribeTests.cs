namespace Harness.Simulator.Ec2.Tests.Operations;

public sealed class DescribeTests
{
    [Theory]
    [InlineData("DescribeInstances", "InstanceId.1", "i-0123456789abcdef0", "InvalidInstanceID.NotFound")]
    [InlineData("DescribeInstances", "InstanceId.1", "i-0123", "InvalidInstanceID.Malformed")]
    [InlineData("DescribeInstances", "InstanceId.1", "web", "InvalidInstanceID.Malformed")]
    [InlineData("DescribeInstanceStatus", "InstanceId.1", "i-0123456789abcdef0", "InvalidInstanceID.NotFound")]
    [InlineData("DescribeSubnets", "SubnetId.1", "subnet-0123456789abcdef0", "InvalidSubnetID.NotFound")]
    [InlineData("DescribeVpcs", "VpcId.1", "vpc-0123456789abcdef0", "InvalidVpcID.NotFound")]
    [InlineData("DescribeSecurityGroups", "GroupId.1", "sg-0123456789abcdef0", "InvalidGroup.NotFound")]
    [InlineData("DescribeImages", "ImageId.1", "ami-0123456789abcdef0", "InvalidAMIID.NotFound")]
    [InlineData("DescribeKeyPairs", "KeyName.1", "nobody", "InvalidKeyPair.NotFound")]
    [InlineData("DescribeInstanceTypes", "InstanceType.1", "x9.huge", "InvalidInstanceType")]
    [InlineData("DescribeAvailabilityZones", "ZoneName.1", "us-west-2z", "InvalidParameterValue")]
    [InlineData("DescribeRegions", "RegionName.1", "mars-1", "InvalidParameterValue")]
    [InlineData("TerminateInstances", "InstanceId.1", "i-0123456789abcdef0", "InvalidInstanceID.NotFound")]
    public void Call_NamesWhatIsNotThere_IsRefused(string action, string name, string value, string code) =>
        Assert.Equal(code, new TestModel().Try(action, (name, value)).Code);

    [Fact]
    public void DescribeInstances_TwoMissing_NamesBoth()
    {
        var reply = new TestModel().Try(
            "DescribeInstances", ("InstanceId.1", "i-0123456789abcdef0"), ("InstanceId.2", "i-0123456789abcdef1"));
        Assert.Contains(
            "The instance IDs 'i-0123456789abcdef0, i-0123456789abcdef1' do not exist", reply.Document.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DescribeSubnets", "subnetId", 3)]
    [InlineData("DescribeVpcs", "vpcId", 1)]
    [InlineData("DescribeSecurityGroups", "groupName", 2)]
    [InlineData("DescribeImages", "imageId", 4)]
    [InlineData("DescribeKeyPairs", "keyName", 1)]
    [InlineData("DescribeInstanceTypes", "instanceType", 23)]
    [InlineData("DescribeInstanceTypeOfferings", "instanceType", 23)]
    [InlineData("DescribeAvailabilityZones", "zoneName", 3)]
    [InlineData("DescribeRegions", "regionName", 1)]
    public void Describe_SeedWorld_IsThere(string action, string element, int expected) =>
        Assert.Equal(expected, TestModel.Values(new TestModel().Call(action), element).Count);

    [Theory]
    [InlineData("DescribeImages", "architecture", "arm64", "imageId", 1)]
    [InlineData("DescribeInstanceTypes", "processor-info.supported-architecture", "arm64_mac", "instanceType", 1)]
    [InlineData("DescribeInstanceTypes", "vcpu-info.default-vcpus", "96", "instanceType", 1)]
    [InlineData("DescribeSubnets", "availability-zone", "us-west-2c", "subnetId", 1)]
    [InlineData("DescribeSecurityGroups", "group-name", "agents", "groupName", 1)]
    [InlineData("DescribeVpcs", "is-default", "true", "vpcId", 1)]
    public void Describe_Filter_SelectsByValue(string action, string name, string value, string element, int expected) =>
        Assert.Equal(
            expected, TestModel.Values(new TestModel().Call(action, ("Filter.1.Name", name), ("Filter.1.Value.1", value)), element).Count);

    [Fact]
    public void DescribeInstanceStatus_OnlyRunning_UnlessAllAreAskedFor()
    {
        var model = new TestModel();
        var running = model.LaunchRunning();
        model.Launch();
        Assert.Equal([running], TestModel.Values(model.Call("DescribeInstanceStatus"), "instanceId"));
        Assert.Equal(2, TestModel.Values(model.Call("DescribeInstanceStatus", ("IncludeAllInstances", "true")), "instanceId").Count);
    }
}
