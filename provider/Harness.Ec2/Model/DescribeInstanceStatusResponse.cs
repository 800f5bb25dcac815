using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The answer to DescribeInstanceStatus.</summary>
public sealed class DescribeInstanceStatusResponse : AmazonEC2Response
{
    public List<InstanceStatus> InstanceStatuses { get; set; } = [];
    public string? NextToken { get; set; }

    internal static DescribeInstanceStatusResponse Read(Ec2XmlReader xml)
    {
        var result = new DescribeInstanceStatusResponse();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "instanceStatusSet": result.InstanceStatuses = xml.List(InstanceStatus.Read); break;
                case "nextToken": result.NextToken = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
