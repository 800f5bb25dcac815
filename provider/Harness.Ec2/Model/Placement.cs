using Harness.Ec2.Query;
using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>Where an instance is to stand, or stands.</summary>
public sealed class Placement : IQueryStructure
{
    public string? AvailabilityZone { get; set; }
    public string? Affinity { get; set; }
    public string? GroupName { get; set; }
    public string? HostId { get; set; }
    public string? Tenancy { get; set; }
    public string? HostResourceGroupArn { get; set; }

    void IQueryStructure.Write(QueryParameters query, string prefix)
    {
        query.Add($"{prefix}.AvailabilityZone", AvailabilityZone);
        query.Add($"{prefix}.Affinity", Affinity);
        query.Add($"{prefix}.GroupName", GroupName);
        query.Add($"{prefix}.HostId", HostId);
        query.Add($"{prefix}.Tenancy", Tenancy);
        query.Add($"{prefix}.HostResourceGroupArn", HostResourceGroupArn);
    }

    internal static Placement Read(Ec2XmlReader xml)
    {
        var result = new Placement();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "availabilityZone": result.AvailabilityZone = xml.String(); break;
                case "affinity": result.Affinity = xml.String(); break;
                case "groupName": result.GroupName = xml.String(); break;
                case "hostId": result.HostId = xml.String(); break;
                case "tenancy": result.Tenancy = xml.String(); break;
                case "hostResourceGroupArn": result.HostResourceGroupArn = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
