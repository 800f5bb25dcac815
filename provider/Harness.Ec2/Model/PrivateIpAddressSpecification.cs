using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>A private address to give to a new interface.</summary>
public sealed class PrivateIpAddressSpecification : IQueryStructure
{
    public string? PrivateIpAddress { get; set; }
    public bool? Primary { get; set; }

    void IQueryStructure.Write(QueryParameters query, string prefix)
    {
        query.Add($"{prefix}.PrivateIpAddress", PrivateIpAddress);
        query.Add($"{prefix}.Primary", Primary);
    }
}
