using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>The instance profile to launch with, by ARN or by name.</summary>
public sealed class IamInstanceProfileSpecification : IQueryStructure
{
    public string? Arn { get; set; }
    public string? Name { get; set; }

    void IQueryStructure.Write(QueryParameters query, string prefix)
    {
        query.Add($"{prefix}.Arn", Arn);
        query.Add($"{prefix}.Name", Name);
    }
}
