using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>A network interface to create or attach at launch.</summary>
public sealed class InstanceNetworkInterfaceSpecification : IQueryStructure
{
    public int? DeviceIndex { get; set; }
    public string? NetworkInterfaceId { get; set; }
    public string? SubnetId { get; set; }
    public List<string> Groups { get; set; } = [];
    public string? PrivateIpAddress { get; set; }
    public bool? AssociatePublicIpAddress { get; set; }
    public bool? DeleteOnTermination { get; set; }
    public string? Description { get; set; }

    void IQueryStructure.Write(QueryParameters query, string prefix)
    {
        query.Add($"{prefix}.DeviceIndex", DeviceIndex);
        query.Add($"{prefix}.NetworkInterfaceId", NetworkInterfaceId);
        query.Add($"{prefix}.SubnetId", SubnetId);
        query.Add($"{prefix}.SecurityGroupId", Groups);
        query.Add($"{prefix}.PrivateIpAddress", PrivateIpAddress);
        query.Add($"{prefix}.AssociatePublicIpAddress", AssociatePublicIpAddress);
        query.Add($"{prefix}.DeleteOnTermination", DeleteOnTermination);
        query.Add($"{prefix}.Description", Description);
    }
}
