using System.Text;
using Harness.Ec2.Model;
using Harness.Ec2.Xml;

namespace Harness.Ec2.Tests;

/// <summary>Answers written by hand from the documented shapes, read without a server.</summary>
public sealed class ModelReadingTests
{
    [Fact]
    public void DescribeNetworkInterfaces_Golden_IsRead()
    {
        var response = Read("describe-network-interfaces", DescribeNetworkInterfacesResponse.Read);

        var eni = Assert.Single(response.NetworkInterfaces);
        Assert.Equal("ip-10-0-0-5.ec2.internal", eni.PrivateDnsName);
        Assert.Equal("cluster", Assert.Single(eni.TagSet).Value);
        Assert.True(Assert.Single(eni.PrivateIpAddresses).Primary);
        Assert.Null(eni.Attachment);
        Assert.Null(response.NextToken);
    }

    [Fact]
    public void TerminateInstances_Golden_IsRead()
    {
        var change = Assert.Single(Read("terminate-instances", TerminateInstancesResponse.Read).TerminatingInstances);

        Assert.Equal(InstanceStateName.ShuttingDown, change.CurrentState?.Name);
        Assert.Equal(InstanceStateName.Running, change.PreviousState?.Name);
        Assert.Equal(32, change.CurrentState?.Code);
    }

    [Fact]
    public void DescribeInstanceStatus_Golden_IsRead()
    {
        var status = Assert.Single(Read("describe-instance-status", DescribeInstanceStatusResponse.Read).InstanceStatuses);

        Assert.Equal("impaired", status.Status?.Status);
        Assert.Equal("reachability", Assert.Single(status.Status!.Details).Name);
        Assert.Equal("instance-retirement", Assert.Single(status.Events).Code);
    }

    [Fact]
    public void DescribeInstanceTypes_Golden_IsRead()
    {
        var type = Assert.Single(Read("describe-instance-types", DescribeInstanceTypesResponse.Read).InstanceTypes);

        Assert.Equal(12, type.VCpuInfo?.DefaultVCpus);
        Assert.Equal(32768, type.MemoryInfo?.SizeInMiB);
        Assert.Equal(["x86_64_mac"], type.ProcessorInfo?.SupportedArchitectures);
        Assert.Equal(3.2, type.ProcessorInfo?.SustainedClockSpeedInGhz);
    }

    [Fact]
    public void DescribeInstanceAttribute_Golden_IsRead()
    {
        var attribute = Read("describe-instance-attribute", DescribeInstanceAttributeResponse.Read).InstanceAttribute;

        Assert.Equal("i-1", attribute.InstanceId);
        Assert.Equal("SGVsbG8=", attribute.UserData);
        Assert.Null(attribute.DisableApiTermination);
    }

    [Fact]
    public void DescribeImagesSubnetsAndGroups_Goldens_AreRead()
    {
        var image = Assert.Single(Read("describe-images", DescribeImagesResponse.Read).Images);
        var subnet = Assert.Single(Read("describe-subnets", DescribeSubnetsResponse.Read).Subnets);
        var group = Assert.Single(Read("describe-security-groups", DescribeSecurityGroupsResponse.Read).SecurityGroups);

        Assert.Equal("available", image.State);
        Assert.Equal(100, Assert.Single(image.BlockDeviceMappings).Ebs?.VolumeSize);
        Assert.Equal("127.1.0.0/20", subnet.CidrBlock);
        Assert.Equal(4091, subnet.AvailableIpAddressCount);
        Assert.Equal("0.0.0.0/0", Assert.Single(Assert.Single(group.IpPermissions).Ipv4Ranges).CidrIp);
    }

    private static T Read<T>(string golden, Func<Ec2XmlReader, T> read)
    {
        using var xml = new Ec2XmlReader(new MemoryStream(Encoding.UTF8.GetBytes(Golden.Read($"responses/{golden}.xml"))));
        xml.Root();
        return read(xml);
    }
}
