using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>A subnet of a VPC.</summary>
public sealed class Subnet
{
    public string SubnetId { get; set; } = "";
    public string? VpcId { get; set; }
    public string? State { get; set; }
    public string? CidrBlock { get; set; }
    public string? AvailabilityZone { get; set; }
    public string? AvailabilityZoneId { get; set; }
    public int? AvailableIpAddressCount { get; set; }
    public bool? DefaultForAz { get; set; }
    public bool? MapPublicIpOnLaunch { get; set; }
    public string? OwnerId { get; set; }
    public string? SubnetArn { get; set; }
    public List<Tag> Tags { get; set; } = [];

    internal static Subnet Read(Ec2XmlReader xml)
    {
        var result = new Subnet();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "subnetId": result.SubnetId = xml.String(); break;
                case "vpcId": result.VpcId = xml.String(); break;
                case "state": result.State = xml.String(); break;
                case "cidrBlock": result.CidrBlock = xml.String(); break;
                case "availabilityZone": result.AvailabilityZone = xml.String(); break;
                case "availabilityZoneId": result.AvailabilityZoneId = xml.String(); break;
                case "availableIpAddressCount": result.AvailableIpAddressCount = xml.Int32(); break;
                case "defaultForAz": result.DefaultForAz = xml.Boolean(); break;
                case "mapPublicIpOnLaunch": result.MapPublicIpOnLaunch = xml.Boolean(); break;
                case "ownerId": result.OwnerId = xml.String(); break;
                case "subnetArn": result.SubnetArn = xml.String(); break;
                case "tagSet": result.Tags = xml.List(Tag.Read); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
