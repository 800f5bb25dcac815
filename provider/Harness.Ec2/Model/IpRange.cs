using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>An IPv4 range of a security group rule.</summary>
public sealed class IpRange
{
    public string? CidrIp { get; set; }
    public string? Description { get; set; }

    internal static IpRange Read(Ec2XmlReader xml)
    {
        var result = new IpRange();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "cidrIp": result.CidrIp = xml.String(); break;
                case "description": result.Description = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
