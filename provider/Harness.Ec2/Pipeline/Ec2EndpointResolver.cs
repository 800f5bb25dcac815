using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Harness.Ec2.Pipeline;

/// <summary>The SDK's endpoint step, with EC2's parameters. Stateless.</summary>
internal sealed class Ec2EndpointResolver : BaseEndpointResolver
{
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
        Ec2EndpointParameters.From(requestContext.ClientConfig);

    // A configured endpoint says nothing of the region to sign for.
    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters)
    {
        var context = executionContext.RequestContext;
        context.Request.AuthenticationRegion ??= context.ClientConfig.AuthenticationRegion ?? ((Ec2EndpointParameters)parameters).Region;
    }
}
