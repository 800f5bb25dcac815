using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Harness.Ec2.Pipeline;

namespace Harness.Ec2;

/// <summary>
/// How to reach EC2. Unset values come from where the AWS SDK looks: region from AWS_REGION or the profile, endpoint from
/// AWS_ENDPOINT_URL_EC2 or AWS_ENDPOINT_URL, retries from AWS_RETRY_MODE and AWS_MAX_ATTEMPTS.
/// </summary>
public sealed class AmazonEC2Config : ClientConfig
{
    public AmazonEC2Config()
        : base(new DefaultConfigurationProvider(Ec2DefaultConfiguration.All))
    {
        ServiceId = Ec2ServiceMetadata.Id;
        AuthenticationServiceName = "ec2";
        EndpointProvider = new Ec2EndpointProvider();
    }

    public override string RegionEndpointServiceName => "ec2";

    /// <summary>The version of the EC2 API that is spoken.</summary>
    public override string ServiceVersion => "2016-11-15";

    public override string UserAgent { get; } = Amazon.Util.Internal.InternalSDKUtils.BuildUserAgentString("EC2", "4.0.0");

    /// <summary>Makes the token of a creating call that has none.</summary>
    public Func<string> ClientTokenSource { get; set; } = () => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(Ec2EndpointParameters.From(this));
}
