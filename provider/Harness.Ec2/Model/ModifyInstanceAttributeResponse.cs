using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The answer to ModifyInstanceAttribute: it was done.</summary>
public sealed class ModifyInstanceAttributeResponse : AmazonEC2Response
{
    internal static ModifyInstanceAttributeResponse Read(Ec2XmlReader xml)
    {
        xml.Skip();
        return new ModifyInstanceAttributeResponse();
    }
}
