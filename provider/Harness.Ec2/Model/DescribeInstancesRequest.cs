using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>Lists instances. Terminated ones stay visible for about an hour.</summary>
public sealed class DescribeInstancesRequest : AmazonEC2Request
{
    public List<string> InstanceIds { get; set; } = [];
    public List<Filter> Filters { get; set; } = [];
    public int? MaxResults { get; set; }
    public string? NextToken { get; set; }

    internal override string Operation => "DescribeInstances";

    internal override void Write(QueryParameters query)
    {
        query.Add("InstanceId", InstanceIds);
        query.Add("Filter", Filters);
        query.Add("MaxResults", MaxResults);
        query.Add("NextToken", NextToken);
    }
}
