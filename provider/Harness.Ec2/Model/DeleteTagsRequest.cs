using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>Removes tags from resources (with a value: only where it matches).</summary>
public sealed class DeleteTagsRequest : AmazonEC2Request
{
    public List<string> Resources { get; set; } = [];
    public List<Tag> Tags { get; set; } = [];

    internal override string Operation => "DeleteTags";

    internal override void Write(QueryParameters query)
    {
        query.Add("ResourceId", Resources);
        query.Add("Tag", Tags);
    }
}
