using System.Security.Cryptography;
using System.Text;
using Harness.Ec2;
using Harness.Ec2.Model;
using Harness.Provider.Configuration;
using Harness.Provider.Limits;
using Harness.Provider.Metrics;
using Microsoft.Extensions.Logging;

namespace Harness.Provider.Node;

/// <summary>
/// Finds the network interface that stands for the node, or creates it, and tries until it has one with a private DNS name: without
/// it there is no node. Called once at the start.
/// </summary>
internal sealed partial class NodeInterface(
    IEc2 ec2, ProviderConfiguration configuration, string? podName, AuditLog audit, ProviderMetrics metrics, TimeProvider clock, ILogger<NodeInterface> logger)
{
    private readonly string _name = NodeIdentity.InterfaceName(configuration.ClusterName, podName);

    public async Task<NodeIdentity> EnsureAsync(CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                var found = await FindAsync(cancellationToken) ?? await CreateAsync(cancellationToken);
                if (NodeIdentity.NameFor(found.PrivateDnsName) is { } name)
                {
                    Log.Found(logger, name, found.NetworkInterfaceId);
                    return new NodeIdentity(name, found.NetworkInterfaceId);
                }

                metrics.GetNodeNameErrors.Add(1);
                Log.NoName(logger, found.NetworkInterfaceId, configuration.ManagementSubnet);
            }
            catch (Ec2Exception exception)
            {
                Log.Failed(logger, exception.Operation, _name, configuration.ManagementSubnet, exception.Message);
            }

            await Task.Delay(configuration.Timing.Request.After(failures, _name), clock, cancellationToken);
        }
    }

    private async Task<NetworkInterface?> FindAsync(CancellationToken cancellationToken)
    {
        var request = new DescribeNetworkInterfacesRequest
        {
            Filters = [new Filter($"tag:{WellKnown.NameTag}", _name), new Filter("subnet-id", configuration.ManagementSubnet)],
        };
        NetworkInterface? first = null;
        try
        {
            await foreach (var found in ec2.ListNetworkInterfacesAsync(request, cancellationToken))
            {
                first = first is null || string.CompareOrdinal(found.NetworkInterfaceId, first.NetworkInterfaceId) < 0 ? found : first;
            }
        }
        catch (Ec2Exception)
        {
            metrics.DescribeEniErrors.Add(1);
            throw;
        }

        return first;
    }

    private async Task<NetworkInterface> CreateAsync(CancellationToken cancellationToken)
    {
        var request = new CreateNetworkInterfaceRequest
        {
            SubnetId = configuration.ManagementSubnet,
            Description = $"Node identity of the virtual kubelet {_name}",
            ClientToken = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{_name}/{configuration.ManagementSubnet}/{clock.GetUtcNow():yyyyMMddHHmm}"))),
            TagSpecifications =
            [
                new TagSpecification
                {
                    ResourceType = "network-interface",
                    Tags = [new Tag(WellKnown.NameTag, _name), new Tag(WellKnown.ClusterNameTag, configuration.ClusterName)],
                },
            ],
        };
        try
        {
            var answer = await ec2.CreateNetworkInterfaceAsync(request, cancellationToken);
            var created = answer.NetworkInterface ?? new NetworkInterface();
            audit.Write("CreateNetworkInterface", created.NetworkInterfaceId, null, "identity of the node", "accepted");
            return created;
        }
        catch (Ec2Exception exception)
        {
            metrics.CreateEniErrors.Add(1);
            audit.Write("CreateNetworkInterface", "", null, "identity of the node", exception.ErrorCode ?? exception.Kind.ToString());
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Node {Node} stands on network interface {InterfaceId}")]
        public static partial void Found(ILogger logger, string node, string interfaceId);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "Network interface {InterfaceId} has no private DNS name, so the node has no name and is not registered; "
                + "turn on DNS host names in the VPC of subnet {Subnet}. Trying again")]
        public static partial void NoName(ILogger logger, string interfaceId, string subnet);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "{Operation} failed for the node's network interface {Name} in subnet {Subnet}, the node is not registered: {Detail}. Trying again")]
        public static partial void Failed(ILogger logger, string operation, string name, string subnet, string detail);
    }
}
