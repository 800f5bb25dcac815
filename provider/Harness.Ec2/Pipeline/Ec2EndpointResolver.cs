using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Harness.Ec2.Pipeline;

/// <summary>The SDK's endpoint step, with EC2's parameters. Stateless.</summary>
internal sealed class Ec2EndpointResolver : BaseEndpointResolver
{
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
        Ec2EndpointParameters.From(requestContext.ClientConfig);

    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters)
    {
        // EC2 has no host prefixes and no signing region of its own.
    }
}
