using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The answer to DescribeSubnets.</summary>
public sealed class DescribeSubnetsResponse : AmazonEC2Response
{
    public List<Subnet> Subnets { get; set; } = [];
    public string? NextToken { get; set; }

    internal static DescribeSubnetsResponse Read(Ec2XmlReader xml)
    {
        var result = new DescribeSubnetsResponse();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "subnetSet": result.Subnets = xml.List(Subnet.Read); break;
                case "nextToken": result.NextToken = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
