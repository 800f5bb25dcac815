using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>A network interface as DescribeInstances shows it.</summary>
public sealed class InstanceNetworkInterface
{
    public string NetworkInterfaceId { get; set; } = "";
    public string? SubnetId { get; set; }
    public string? VpcId { get; set; }
    public string? OwnerId { get; set; }
    public string? Status { get; set; }
    public string? MacAddress { get; set; }
    public string? Description { get; set; }
    public string? PrivateDnsName { get; set; }
    public string? PrivateIpAddress { get; set; }
    public bool? SourceDestCheck { get; set; }
    public string? InterfaceType { get; set; }
    public InstanceNetworkInterfaceAttachment? Attachment { get; set; }
    public List<GroupIdentifier> Groups { get; set; } = [];
    public List<InstancePrivateIpAddress> PrivateIpAddresses { get; set; } = [];

    internal static InstanceNetworkInterface Read(Ec2XmlReader xml)
    {
        var result = new InstanceNetworkInterface();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "networkInterfaceId": result.NetworkInterfaceId = xml.String(); break;
                case "subnetId": result.SubnetId = xml.String(); break;
                case "vpcId": result.VpcId = xml.String(); break;
                case "ownerId": result.OwnerId = xml.String(); break;
                case "status": result.Status = xml.String(); break;
                case "macAddress": result.MacAddress = xml.String(); break;
                case "description": result.Description = xml.String(); break;
                case "privateDnsName": result.PrivateDnsName = xml.String(); break;
                case "privateIpAddress": result.PrivateIpAddress = xml.String(); break;
                case "sourceDestCheck": result.SourceDestCheck = xml.Boolean(); break;
                case "interfaceType": result.InterfaceType = xml.String(); break;
                case "attachment": result.Attachment = InstanceNetworkInterfaceAttachment.Read(xml); break;
                case "groupSet": result.Groups = xml.List(GroupIdentifier.Read); break;
                case "privateIpAddressesSet": result.PrivateIpAddresses = xml.List(InstancePrivateIpAddress.Read); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
