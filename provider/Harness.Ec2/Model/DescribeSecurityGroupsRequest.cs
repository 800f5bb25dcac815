using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>Lists security groups.</summary>
public sealed class DescribeSecurityGroupsRequest : AmazonEC2Request
{
    public List<string> GroupIds { get; set; } = [];
    public List<string> GroupNames { get; set; } = [];
    public List<Filter> Filters { get; set; } = [];
    public int? MaxResults { get; set; }
    public string? NextToken { get; set; }

    internal override string Operation => "DescribeSecurityGroups";

    internal override void Write(QueryParameters query)
    {
        query.Add("GroupId", GroupIds);
        query.Add("GroupName", GroupNames);
        query.Add("Filter", Filters);
        query.Add("MaxResults", MaxResults);
        query.Add("NextToken", NextToken);
    }
}
