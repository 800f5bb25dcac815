using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>An elastic network interface.</summary>
public sealed class NetworkInterface
{
    public string NetworkInterfaceId { get; set; } = "";
    public string? SubnetId { get; set; }
    public string? VpcId { get; set; }
    public string? AvailabilityZone { get; set; }
    public string? Description { get; set; }
    public string? OwnerId { get; set; }
    public string? RequesterId { get; set; }
    public bool? RequesterManaged { get; set; }
    public string? Status { get; set; }
    public string? MacAddress { get; set; }
    public string? InterfaceType { get; set; }
    public string? PrivateDnsName { get; set; }
    public string? PrivateIpAddress { get; set; }
    public bool? SourceDestCheck { get; set; }
    public NetworkInterfaceAttachment? Attachment { get; set; }
    public List<GroupIdentifier> Groups { get; set; } = [];
    public List<NetworkInterfacePrivateIpAddress> PrivateIpAddresses { get; set; } = [];
    public List<Tag> TagSet { get; set; } = [];

    internal static NetworkInterface Read(Ec2XmlReader xml)
    {
        var result = new NetworkInterface();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "networkInterfaceId": result.NetworkInterfaceId = xml.String(); break;
                case "subnetId": result.SubnetId = xml.String(); break;
                case "vpcId": result.VpcId = xml.String(); break;
                case "availabilityZone": result.AvailabilityZone = xml.String(); break;
                case "description": result.Description = xml.String(); break;
                case "ownerId": result.OwnerId = xml.String(); break;
                case "requesterId": result.RequesterId = xml.String(); break;
                case "requesterManaged": result.RequesterManaged = xml.Boolean(); break;
                case "status": result.Status = xml.String(); break;
                case "macAddress": result.MacAddress = xml.String(); break;
                case "interfaceType": result.InterfaceType = xml.String(); break;
                case "privateDnsName": result.PrivateDnsName = xml.String(); break;
                case "privateIpAddress": result.PrivateIpAddress = xml.String(); break;
                case "sourceDestCheck": result.SourceDestCheck = xml.Boolean(); break;
                case "attachment": result.Attachment = NetworkInterfaceAttachment.Read(xml); break;
                case "groupSet": result.Groups = xml.List(GroupIdentifier.Read); break;
                case "privateIpAddressesSet": result.PrivateIpAddresses = xml.List(NetworkInterfacePrivateIpAddress.Read); break;
                case "tagSet": result.TagSet = xml.List(Tag.Read); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
