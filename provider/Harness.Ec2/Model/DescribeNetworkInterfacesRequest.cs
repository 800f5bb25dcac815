using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>Lists network interfaces.</summary>
public sealed class DescribeNetworkInterfacesRequest : AmazonEC2Request
{
    public List<string> NetworkInterfaceIds { get; set; } = [];
    public List<Filter> Filters { get; set; } = [];
    public int? MaxResults { get; set; }
    public string? NextToken { get; set; }

    internal override string Operation => "DescribeNetworkInterfaces";

    internal override void Write(QueryParameters query)
    {
        query.Add("NetworkInterfaceId", NetworkInterfaceIds);
        query.Add("Filter", Filters);
        query.Add("MaxResults", MaxResults);
        query.Add("NextToken", NextToken);
    }
}
