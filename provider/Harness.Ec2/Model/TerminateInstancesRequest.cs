using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>Ends instances; ending one that is terminated already succeeds.</summary>
public sealed class TerminateInstancesRequest : AmazonEC2Request
{
    public List<string> InstanceIds { get; set; } = [];

    internal override string Operation => "TerminateInstances";

    internal override void Write(QueryParameters query)
    {
        query.Add("InstanceId", InstanceIds);
    }
}
