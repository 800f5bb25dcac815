using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Harness.Ec2.Pipeline;

/// <summary>What decides on EC2's address.</summary>
internal sealed class Ec2EndpointParameters : EndpointParameters
{
    /// <summary>An address given by code or environment; it wins over the region.</summary>
    public string? ServiceUrl { get; private init; }

    public string? Region { get; private init; }

    public bool UseFips { get; private init; }

    public bool UseDualStack { get; private init; }

    public static Ec2EndpointParameters From(IClientConfig config) => new()
    {
        ServiceUrl = config.ServiceURL,
        Region = config.RegionEndpoint?.SystemName,
        UseFips = config.UseFIPSEndpoint,
        UseDualStack = config.UseDualstackEndpoint,
    };
}
