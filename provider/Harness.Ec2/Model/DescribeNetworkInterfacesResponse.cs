using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The answer to DescribeNetworkInterfaces.</summary>
public sealed class DescribeNetworkInterfacesResponse : AmazonEC2Response
{
    public List<NetworkInterface> NetworkInterfaces { get; set; } = [];
    public string? NextToken { get; set; }

    internal static DescribeNetworkInterfacesResponse Read(Ec2XmlReader xml)
    {
        var result = new DescribeNetworkInterfacesResponse();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "networkInterfaceSet": result.NetworkInterfaces = xml.List(NetworkInterface.Read); break;
                case "nextToken": result.NextToken = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
