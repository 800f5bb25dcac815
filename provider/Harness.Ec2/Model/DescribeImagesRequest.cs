using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>Lists machine images.</summary>
public sealed class DescribeImagesRequest : AmazonEC2Request
{
    public List<string> ImageIds { get; set; } = [];
    public List<string> Owners { get; set; } = [];
    public List<string> ExecutableUsers { get; set; } = [];
    public bool? IncludeDeprecated { get; set; }
    public List<Filter> Filters { get; set; } = [];
    public int? MaxResults { get; set; }
    public string? NextToken { get; set; }

    internal override string Operation => "DescribeImages";

    internal override void Write(QueryParameters query)
    {
        query.Add("ImageId", ImageIds);
        query.Add("Owner", Owners);
        query.Add("ExecutableBy", ExecutableUsers);
        query.Add("IncludeDeprecated", IncludeDeprecated);
        query.Add("Filter", Filters);
        query.Add("MaxResults", MaxResults);
        query.Add("NextToken", NextToken);
    }
}
