using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>Tags that a resource gets at the moment of its creation.</summary>
public sealed class TagSpecification : IQueryStructure
{
    public string ResourceType { get; set; } = "";
    public List<Tag> Tags { get; set; } = [];

    void IQueryStructure.Write(QueryParameters query, string prefix)
    {
        query.Add($"{prefix}.ResourceType", ResourceType);
        query.Add($"{prefix}.Tag", Tags);
    }
}
