using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>Lists subnets.</summary>
public sealed class DescribeSubnetsRequest : AmazonEC2Request
{
    public List<string> SubnetIds { get; set; } = [];
    public List<Filter> Filters { get; set; } = [];
    public int? MaxResults { get; set; }
    public string? NextToken { get; set; }

    internal override string Operation => "DescribeSubnets";

    internal override void Write(QueryParameters query)
    {
        query.Add("SubnetId", SubnetIds);
        query.Add("Filter", Filters);
        query.Add("MaxResults", MaxResults);
        query.Add("NextToken", NextToken);
    }
}
