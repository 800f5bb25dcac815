using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>How the instance metadata service of a new instance answers.</summary>
public sealed class InstanceMetadataOptionsRequest : IQueryStructure
{
    public string? HttpTokens { get; set; }
    public int? HttpPutResponseHopLimit { get; set; }
    public string? HttpEndpoint { get; set; }
    public string? InstanceMetadataTags { get; set; }

    void IQueryStructure.Write(QueryParameters query, string prefix)
    {
        query.Add($"{prefix}.HttpTokens", HttpTokens);
        query.Add($"{prefix}.HttpPutResponseHopLimit", HttpPutResponseHopLimit);
        query.Add($"{prefix}.HttpEndpoint", HttpEndpoint);
        query.Add($"{prefix}.InstanceMetadataTags", InstanceMetadataTags);
    }
}
