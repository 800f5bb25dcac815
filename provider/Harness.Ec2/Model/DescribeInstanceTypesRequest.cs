using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>Lists what instance types offer.</summary>
public sealed class DescribeInstanceTypesRequest : AmazonEC2Request
{
    public List<string> InstanceTypes { get; set; } = [];
    public List<Filter> Filters { get; set; } = [];
    public int? MaxResults { get; set; }
    public string? NextToken { get; set; }

    internal override string Operation => "DescribeInstanceTypes";

    internal override void Write(QueryParameters query)
    {
        query.Add("InstanceType", InstanceTypes);
        query.Add("Filter", Filters);
        query.Add("MaxResults", MaxResults);
        query.Add("NextToken", NextToken);
    }
}
