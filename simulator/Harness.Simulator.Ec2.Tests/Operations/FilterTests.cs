using Harness.Simulator.Ec2.Query;

namespace Harness.Simulator.Ec2.Tests.Operations;

public sealed class FilterTests
{
    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "ABC", false)]
    [InlineData("a*", "abc", true)]
    [InlineData("*c", "abc", true)]
    [InlineData("*b*", "abc", true)]
    [InlineData("a*b*c", "axxbxxc", true)]
    [InlineData("a*b*c", "axxbxx", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("a\\*", "a*", true)]
    [InlineData("a\\*", "ab", false)]
    [InlineData("a\\?", "a?", true)]
    public void Matches_Pattern_AsEc2Documents(string pattern, string value, bool expected) =>
        Assert.Equal(expected, Filter.Matches(pattern, value));

    [Theory]
    [InlineData("instance-state-name", "running", 1)]
    [InlineData("instance-state-name", "pending", 2)]
    [InlineData("instance-state-name", "p*", 2)]
    [InlineData("instance-state-code", "16", 1)]
    [InlineData("instance-type", "m5.large", 2)]
    [InlineData("instance-type", "c5.*", 1)]
    [InlineData("tag:Role", "web", 1)]
    [InlineData("tag:Role", "*", 2)]
    [InlineData("tag-key", "Role", 2)]
    [InlineData("client-token", "token-1", 1)]
    [InlineData("subnet-id", "subnet-0a000000000000002", 1)]
    [InlineData("vpc-id", "vpc-0a000000000000001", 3)]
    [InlineData("availability-zone", "us-west-2b", 1)]
    [InlineData("private-ip-address", "127.7.0.4", 1)]
    [InlineData("private-dns-name", "ip-127-7-0-4.*", 1)]
    [InlineData("network-interface.status", "in-use", 3)]
    [InlineData("network-interface.subnet-id", "subnet-0a000000000000002", 1)]
    [InlineData("network-interface.addresses.private-ip-address", "127.7.0.4", 1)]
    [InlineData("instance.group-name", "default", 3)]
    [InlineData("iam-instance-profile.name", "harness-instance", 1)]
    [InlineData("instance-lifecycle", "spot", 0)]
    public void DescribeInstances_Filter_SelectsByValue(string name, string value, int expected)
    {
        var document = ThreeInstances().Call("DescribeInstances", ("Filter.1.Name", name), ("Filter.1.Value.1", value));
        Assert.Equal(expected, TestModel.Values(document, "amiLaunchIndex").Count);
    }

    [Fact]
    public void DescribeInstances_TwoFilters_MustBothPass()
    {
        var document = ThreeInstances().Call(
            "DescribeInstances",
            ("Filter.1.Name", "tag:Role"), ("Filter.1.Value.1", "web"), ("Filter.1.Value.2", "db"),
            ("Filter.2.Name", "instance-type"), ("Filter.2.Value.1", "c5.large"));
        Assert.Single(TestModel.Values(document, "amiLaunchIndex"));
    }

    [Theory]
    [InlineData("DescribeInstances")]
    [InlineData("DescribeInstanceStatus")]
    [InlineData("DescribeNetworkInterfaces")]
    [InlineData("DescribeTags")]
    [InlineData("DescribeSubnets")]
    [InlineData("DescribeVpcs")]
    [InlineData("DescribeSecurityGroups")]
    [InlineData("DescribeImages")]
    [InlineData("DescribeKeyPairs")]
    [InlineData("DescribeInstanceTypes")]
    [InlineData("DescribeAvailabilityZones")]
    [InlineData("DescribeRegions")]
    public void Describe_UnknownFilter_IsRefusedByName(string action)
    {
        var reply = new TestModel().Try(action, ("Filter.1.Name", "colour"), ("Filter.1.Value.1", "red"));
        Assert.Equal("InvalidParameterValue", reply.Code);
        Assert.Contains("The filter 'colour' is invalid", reply.Document.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_MoreThan200Values_IsRefused()
    {
        var values = Enumerable.Range(1, 201).Select(index => ($"Filter.1.Value.{index}", "x"));
        Assert.Equal("FilterLimitExceeded", new TestModel().Try("DescribeInstances", [("Filter.1.Name", "tag-key"), .. values]).Code);
    }

    private static TestModel ThreeInstances()
    {
        var model = new TestModel();
        model.LaunchRunning([("ClientToken", "token-1"), ("IamInstanceProfile.Name", "harness-instance"), .. Role("web")]);
        model.Launch([("InstanceType", "c5.large"), .. Role("db")]);
        model.Launch(("SubnetId", "subnet-0a000000000000002"));
        return model;
    }

    private static (string, string)[] Role(string role) =>
        [("TagSpecification.1.ResourceType", "instance"), ("TagSpecification.1.Tag.1.Key", "Role"), ("TagSpecification.1.Tag.1.Value", role)];
}
