using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The network of an instance type.</summary>
public sealed class NetworkInfo
{
    public string? NetworkPerformance { get; set; }
    public int? MaximumNetworkInterfaces { get; set; }
    public int? Ipv4AddressesPerInterface { get; set; }
    public int? Ipv6AddressesPerInterface { get; set; }
    public bool? Ipv6Supported { get; set; }
    public string? EnaSupport { get; set; }

    internal static NetworkInfo Read(Ec2XmlReader xml)
    {
        var result = new NetworkInfo();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "networkPerformance": result.NetworkPerformance = xml.String(); break;
                case "maximumNetworkInterfaces": result.MaximumNetworkInterfaces = xml.Int32(); break;
                case "ipv4AddressesPerInterface": result.Ipv4AddressesPerInterface = xml.Int32(); break;
                case "ipv6AddressesPerInterface": result.Ipv6AddressesPerInterface = xml.Int32(); break;
                case "ipv6Supported": result.Ipv6Supported = xml.Boolean(); break;
                case "enaSupport": result.EnaSupport = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
