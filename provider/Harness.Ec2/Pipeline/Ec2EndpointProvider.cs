using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Harness.Ec2.Pipeline;

/// <summary>
/// EC2's address: the configured one, or that of the region (AWS General Reference, "Amazon EC2 endpoints and quotas"). Pure.
/// </summary>
internal sealed class Ec2EndpointProvider : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var known = (Ec2EndpointParameters)parameters;
        if (!string.IsNullOrEmpty(known.ServiceUrl))
        {
            return new Endpoint(known.ServiceUrl);
        }

        if (string.IsNullOrEmpty(known.Region))
        {
            throw new AmazonClientException("EC2 cannot be reached: no region. Set AWS_REGION, or AWS_ENDPOINT_URL_EC2.");
        }

        var service = known.UseFips ? "ec2-fips" : "ec2";
        return new Endpoint($"https://{service}.{known.Region}.{Suffix(known)}");
    }

    private static string Suffix(Ec2EndpointParameters parameters)
    {
        var isChina = parameters.Region!.StartsWith("cn-", StringComparison.Ordinal);
        if (parameters.UseDualStack)
        {
            return isChina ? "api.amazonwebservices.com.cn" : "api.aws";
        }

        return RegionEndpoint.GetBySystemName(parameters.Region).PartitionDnsSuffix;
    }
}
