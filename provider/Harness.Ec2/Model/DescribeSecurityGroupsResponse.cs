using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The answer to DescribeSecurityGroups.</summary>
public sealed class DescribeSecurityGroupsResponse : AmazonEC2Response
{
    public List<SecurityGroup> SecurityGroups { get; set; } = [];
    public string? NextToken { get; set; }

    internal static DescribeSecurityGroupsResponse Read(Ec2XmlReader xml)
    {
        var result = new DescribeSecurityGroupsResponse();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "securityGroupInfo": result.SecurityGroups = xml.List(SecurityGroup.Read); break;
                case "nextToken": result.NextToken = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
