using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The answer to DescribeInstanceTypes.</summary>
public sealed class DescribeInstanceTypesResponse : AmazonEC2Response
{
    public List<InstanceTypeInfo> InstanceTypes { get; set; } = [];
    public string? NextToken { get; set; }

    internal static DescribeInstanceTypesResponse Read(Ec2XmlReader xml)
    {
        var result = new DescribeInstanceTypesResponse();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "instanceTypeSet": result.InstanceTypes = xml.List(InstanceTypeInfo.Read); break;
                case "nextToken": result.NextToken = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
