using Amazon.Runtime;
using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>A request to EC2: it names its operation and writes its members as parameters of the Query protocol.</summary>
public abstract class AmazonEC2Request : AmazonWebServiceRequest
{
    /// <summary>Only asks whether the call would be allowed: a yes is an <see cref="Ec2Exception"/> with code <c>DryRunOperation</c>.</summary>
    public bool? DryRun { get; set; }

    internal abstract string Operation { get; }

    internal abstract void Write(QueryParameters query);
}
