using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>A rule of a security group.</summary>
public sealed class IpPermission
{
    public string? IpProtocol { get; set; }
    public int? FromPort { get; set; }
    public int? ToPort { get; set; }
    public List<IpRange> Ipv4Ranges { get; set; } = [];
    public List<UserIdGroupPair> UserIdGroupPairs { get; set; } = [];

    internal static IpPermission Read(Ec2XmlReader xml)
    {
        var result = new IpPermission();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "ipProtocol": result.IpProtocol = xml.String(); break;
                case "fromPort": result.FromPort = xml.Int32(); break;
                case "toPort": result.ToPort = xml.Int32(); break;
                case "ipRanges": result.Ipv4Ranges = xml.List(IpRange.Read); break;
                case "groups": result.UserIdGroupPairs = xml.List(UserIdGroupPair.Read); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
