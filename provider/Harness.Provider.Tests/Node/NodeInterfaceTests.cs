using System.Diagnostics.Metrics;
using System.Net;
using Harness.Ec2;
using Harness.Ec2.Model;
using Harness.Provider.Configuration;
using Harness.Provider.Limits;
using Harness.Provider.Metrics;
using Harness.Provider.Node;
using Harness.Provider.Tests.Runtime;
using Harness.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Provider.Tests.Node;

/// <summary>The interface that names the node: found, created, waited for; never a node named by the bare prefix.</summary>
public sealed class NodeInterfaceTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly ScriptedEc2 _ec2 = new();
    private readonly Meter _meter = new(nameof(NodeInterfaceTests));

    [Fact]
    public async Task Ensure_Found_NothingIsCreated()
    {
        _ec2.Answer(new DescribeNetworkInterfacesResponse { NetworkInterfaces = [Interface("eni-1", "ip-1.internal")] });
        var identity = await Make().EnsureAsync(default);
        Assert.Equal(("fargate-ip-1.internal", "eni-1"), (identity.Name, identity.NetworkInterfaceId));
        var filters = Assert.IsType<DescribeNetworkInterfacesRequest>(Assert.Single(_ec2.Requests)).Filters.ToDictionary(filter => filter.Name, filter => filter.Values);
        Assert.Equal("cluster-vk-0", Assert.Single(filters["tag:Name"]));
        Assert.Equal("subnet-1", Assert.Single(filters["subnet-id"]));
    }

    [Fact]
    public async Task Ensure_NotFound_IsCreatedWithItsTag()
    {
        _ec2.Answer(new DescribeNetworkInterfacesResponse()).Answer(new CreateNetworkInterfaceResponse { NetworkInterface = Interface("eni-2", "ip-2.internal") });
        Assert.Equal("fargate-ip-2.internal", (await Make().EnsureAsync(default)).Name);
        var created = Assert.IsType<CreateNetworkInterfaceRequest>(_ec2.Requests[1]);
        Assert.Contains(Assert.Single(created.TagSpecifications).Tags, tag => tag is { Key: "Name", Value: "cluster-vk-0" });
    }

    [Fact]
    public async Task Ensure_RefusedThenNameless_TriesUntilThereIsAName()
    {
        _ec2.Answer(new Ec2Exception("DescribeNetworkInterfaces", "no", "UnauthorizedOperation", "r", HttpStatusCode.Forbidden, null))
            .Answer(new DescribeNetworkInterfacesResponse())
            .Answer(new Ec2Exception("CreateNetworkInterface", "full", "InsufficientFreeAddressesInSubnet", "r", HttpStatusCode.BadRequest, null))
            .Answer(new DescribeNetworkInterfacesResponse { NetworkInterfaces = [Interface("eni-3", "")] })
            .Answer(new DescribeNetworkInterfacesResponse { NetworkInterfaces = [Interface("eni-3", "ip-3.internal")] });
        var ensuring = Make().EnsureAsync(default);
        while (!ensuring.IsCompleted)
        {
            await NextTimerAsync();
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal("fargate-ip-3.internal", (await ensuring).Name);
        Assert.Equal(5, _ec2.Requests.Count);
    }

    public void Dispose() => _meter.Dispose();

    private async Task NextTimerAsync()
    {
        for (var spins = 0; _clock.NextDue is null && spins < 100_000; spins++)
        {
            await Task.Yield();
        }
    }

    private NodeInterface Make() => new(
        _ec2, new ProviderConfiguration { ManagementSubnet = "subnet-1", ClusterName = "cluster" }, "vk-0",
        new AuditLog(null, _clock, NullLogger<AuditLog>.Instance), new ProviderMetrics(_meter), _clock, NullLogger<NodeInterface>.Instance);

    private static NetworkInterface Interface(string id, string dnsName) => new() { NetworkInterfaceId = id, PrivateDnsName = dnsName };
}
