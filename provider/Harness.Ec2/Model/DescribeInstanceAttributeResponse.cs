using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The answer to DescribeInstanceAttribute.</summary>
public sealed class DescribeInstanceAttributeResponse : AmazonEC2Response
{
    public InstanceAttribute InstanceAttribute { get; set; } = new();

    internal static DescribeInstanceAttributeResponse Read(Ec2XmlReader xml) => new() { InstanceAttribute = InstanceAttribute.Read(xml) };
}
