using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Harness.Ec2.Model;
using Harness.Ec2.Query;

namespace Harness.Ec2.Pipeline;

/// <summary>
/// Writes a request as the form body of EC2's Query protocol. It runs once for a call, before the retries, so that all attempts
/// carry the same client token. Stateless.
/// </summary>
internal sealed class Ec2RequestMarshaller(Func<string> clientTokenSource) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var source = (AmazonEC2Request)input;
        var request = new DefaultRequest(source, "Amazon.EC2")
        {
            HttpMethod = "POST",
            ResourcePath = "/",
        };
        var query = new QueryParameters(request.ParameterCollection);
        query.Add("Action", source.Operation);
        query.Add("Version", "2016-11-15");
        query.Add("DryRun", source.DryRun);
        source.Write(query);
        if (source is IIdempotentRequest { ClientToken: null })
        {
            query.Add("ClientToken", clientTokenSource());
        }

        return request;
    }
}
