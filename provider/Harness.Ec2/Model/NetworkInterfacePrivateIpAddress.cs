using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>A private address of an interface.</summary>
public sealed class NetworkInterfacePrivateIpAddress
{
    public string? PrivateIpAddress { get; set; }
    public string? PrivateDnsName { get; set; }
    public bool? Primary { get; set; }

    internal static NetworkInterfacePrivateIpAddress Read(Ec2XmlReader xml)
    {
        var result = new NetworkInterfacePrivateIpAddress();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "privateIpAddress": result.PrivateIpAddress = xml.String(); break;
                case "privateDnsName": result.PrivateDnsName = xml.String(); break;
                case "primary": result.Primary = xml.Boolean(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
