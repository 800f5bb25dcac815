using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>A filter of a Describe operation: a resource passes when any value matches (wildcards * and ?).</summary>
public sealed class Filter : IQueryStructure
{
    public Filter()
    {
    }

    public Filter(string name, params IEnumerable<string> values)
    {
        Name = name;
        Values = [.. values];
    }

    public string Name { get; set; } = "";
    public List<string> Values { get; set; } = [];

    void IQueryStructure.Write(QueryParameters query, string prefix)
    {
        query.Add($"{prefix}.Name", Name);
        query.Add($"{prefix}.Value", Values);
    }
}
