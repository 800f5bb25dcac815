using Amazon.Runtime;

namespace Harness.Ec2.Model;

/// <summary>An answer of EC2; <c>ResponseMetadata.RequestId</c> names it in AWS's own logs.</summary>
public abstract class AmazonEC2Response : AmazonWebServiceResponse
{
}
