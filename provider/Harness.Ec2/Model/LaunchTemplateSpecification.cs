using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>A launch template, by id or by name.</summary>
public sealed class LaunchTemplateSpecification : IQueryStructure
{
    public string? LaunchTemplateId { get; set; }
    public string? LaunchTemplateName { get; set; }
    public string? Version { get; set; }

    void IQueryStructure.Write(QueryParameters query, string prefix)
    {
        query.Add($"{prefix}.LaunchTemplateId", LaunchTemplateId);
        query.Add($"{prefix}.LaunchTemplateName", LaunchTemplateName);
        query.Add($"{prefix}.Version", Version);
    }
}
