using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>Lists the status checks of instances (running ones only, unless IncludeAllInstances).</summary>
public sealed class DescribeInstanceStatusRequest : AmazonEC2Request
{
    public List<string> InstanceIds { get; set; } = [];
    public bool? IncludeAllInstances { get; set; }
    public List<Filter> Filters { get; set; } = [];
    public int? MaxResults { get; set; }
    public string? NextToken { get; set; }

    internal override string Operation => "DescribeInstanceStatus";

    internal override void Write(QueryParameters query)
    {
        query.Add("InstanceId", InstanceIds);
        query.Add("IncludeAllInstances", IncludeAllInstances);
        query.Add("Filter", Filters);
        query.Add("MaxResults", MaxResults);
        query.Add("NextToken", NextToken);
    }
}
