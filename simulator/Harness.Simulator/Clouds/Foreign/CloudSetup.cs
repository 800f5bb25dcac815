using Harness.Ec2;
using Harness.Ec2.Model;

namespace Harness.Simulator.Clouds.Foreign;

/// <summary>
/// Makes in an EC2 what instances are launched with (VPC, subnet, security group, image, key pair, bucket), and removes all of it
/// again, with the instances in it. Everything is found by the owner's tag or name, so both work after a kill, and twice. One
/// caller at a time.
/// </summary>
internal sealed class CloudSetup(AmazonEC2Client ec2, AgentBucket bucket, string owner, TimeProvider time)
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly SetupCalls _calls = new(ec2, owner);

    /// <param name="network">The VPC's addresses, in CIDR notation, a /16.</param>
    /// <param name="agentPort">What the security group opens.</param>
    /// <param name="cancellationToken">Leaves what was made so far to <see cref="RemoveAsync"/>.</param>
    /// <exception cref="Ec2Exception">EC2 refused, or does not answer.</exception>
    /// <exception cref="HttpRequestException">S3 refused, or does not answer.</exception>
    public async Task<(string VpcId, CloudResources Resources)> CreateAsync(string network, int agentPort, CancellationToken cancellationToken)
    {
        var vpc = await _calls.CreateAsync("CreateVpc", "vpc", "vpc/vpcId", cancellationToken, ("CidrBlock", network));
        await _calls.CallAsync("ModifyVpcAttribute", cancellationToken, ("VpcId", vpc), ("EnableDnsHostnames.Value", "true"));
        var subnet = await _calls.CreateAsync(
            "CreateSubnet", "subnet", "subnet/subnetId", cancellationToken, ("VpcId", vpc), ("CidrBlock", network.Replace("/16", "/18", StringComparison.Ordinal)));
        var group = await _calls.CreateAsync(
            "CreateSecurityGroup", "security-group", "groupId", cancellationToken,
            ("VpcId", vpc), ("GroupName", owner), ("GroupDescription", "Agents of a simulator"));
        await OpenAsync(group, network, agentPort, cancellationToken);
        await _calls.CreateAsync("CreateKeyPair", "key-pair", "keyName", cancellationToken, ("KeyName", owner));
        var image = await _calls.CreateAsync(
            "RegisterImage", "image", "imageId", cancellationToken,
            ("Name", owner), ("Architecture", "x86_64"), ("RootDeviceName", "/dev/sda1"), ("VirtualizationType", "hvm"));
        await bucket.CreateAsync(cancellationToken);
        return (vpc, new CloudResources(subnet, group, image, bucket.Name, AgentBucket.Key));
    }

    /// <summary>Ends the instances and removes everything of this owner's; true when there was something.</summary>
    /// <exception cref="Ec2Exception">EC2 refused, or does not answer.</exception>
    /// <exception cref="HttpRequestException">S3 refused, or does not answer.</exception>
    public async Task<bool> RemoveAsync(CancellationToken cancellationToken)
    {
        var vpcs = await _calls.FindAsync("DescribeVpcs", "vpcSet", "vpcId", ($"tag:{SetupCalls.OwnerTag}", owner), cancellationToken);
        foreach (var vpc in vpcs)
        {
            await RemoveVpcAsync(vpc, cancellationToken);
        }

        await _calls.RemoveAsync("DeleteKeyPair", cancellationToken, ("KeyName", owner));
        foreach (var image in await _calls.FindAsync("DescribeImages", "imagesSet", "imageId", ("name", owner), cancellationToken))
        {
            await _calls.RemoveAsync("DeregisterImage", cancellationToken, ("ImageId", image));
        }

        await bucket.RemoveAsync(cancellationToken);
        return vpcs.Count > 0;
    }

    private Task OpenAsync(string group, string network, int port, CancellationToken cancellationToken) => _calls.CallAsync(
        "AuthorizeSecurityGroupIngress",
        cancellationToken,
        ("GroupId", group),
        ("IpPermissions.1.IpProtocol", "tcp"),
        ("IpPermissions.1.FromPort", $"{port}"),
        ("IpPermissions.1.ToPort", $"{port}"),
        ("IpPermissions.1.IpRanges.1.CidrIp", network));

    private async Task RemoveVpcAsync(string vpc, CancellationToken cancellationToken)
    {
        await EndInstancesAsync(vpc, cancellationToken);
        var inVpc = ("vpc-id", vpc);
        foreach (var card in await _calls.FindAsync("DescribeNetworkInterfaces", "networkInterfaceSet", "networkInterfaceId", inVpc, cancellationToken))
        {
            await _calls.RemoveAsync("DeleteNetworkInterface", cancellationToken, ("NetworkInterfaceId", card));
        }

        foreach (var group in await _calls.FindAsync("DescribeSecurityGroups", "securityGroupInfo", "groupId", ($"tag:{SetupCalls.OwnerTag}", owner), cancellationToken))
        {
            await _calls.RemoveAsync("DeleteSecurityGroup", cancellationToken, ("GroupId", group));
        }

        foreach (var subnet in await _calls.FindAsync("DescribeSubnets", "subnetSet", "subnetId", inVpc, cancellationToken))
        {
            await _calls.RemoveAsync("DeleteSubnet", cancellationToken, ("SubnetId", subnet));
        }

        await _calls.RemoveAsync("DeleteVpc", cancellationToken, ("VpcId", vpc));
    }

    private async Task EndInstancesAsync(string vpc, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        for (var left = await LivingAsync(vpc, cancellationToken); left.Count > 0; left = await LivingAsync(vpc, cancellationToken))
        {
            if (time.GetElapsedTime(since) > EndPatience)
            {
                throw new Ec2Exception("TerminateInstances", $"TerminateInstances: {left.Count} instances did not end within {EndPatience.TotalSeconds:0} s: {string.Join(", ", left)}", Ec2ErrorKind.Unknown);
            }

            await ec2.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = left }, cancellationToken);
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<List<string>> LivingAsync(string vpc, CancellationToken cancellationToken)
    {
        var request = new DescribeInstancesRequest { Filters = [new("vpc-id", vpc)] };
        var living = new List<string>();
        await foreach (var instance in ec2.ListInstancesAsync(request, cancellationToken))
        {
            if (instance.State?.Name is not InstanceStateName.Terminated)
            {
                living.Add(instance.InstanceId);
            }
        }

        return living;
    }
}
