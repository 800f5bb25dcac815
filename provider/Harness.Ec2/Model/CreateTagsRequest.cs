using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>Sets tags on resources, replacing values of the same keys.</summary>
public sealed class CreateTagsRequest : AmazonEC2Request
{
    public List<string> Resources { get; set; } = [];
    public List<Tag> Tags { get; set; } = [];

    internal override string Operation => "CreateTags";

    internal override void Write(QueryParameters query)
    {
        query.Add("ResourceId", Resources);
        query.Add("Tag", Tags);
    }
}
