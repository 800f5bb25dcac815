using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>A private address of an instance's interface.</summary>
public sealed class InstancePrivateIpAddress
{
    public string? PrivateIpAddress { get; set; }
    public string? PrivateDnsName { get; set; }
    public bool? Primary { get; set; }

    internal static InstancePrivateIpAddress Read(Ec2XmlReader xml)
    {
        var result = new InstancePrivateIpAddress();
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
