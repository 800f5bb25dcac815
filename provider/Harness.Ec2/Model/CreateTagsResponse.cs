using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The answer to CreateTags: it was done.</summary>
public sealed class CreateTagsResponse : AmazonEC2Response
{
    internal static CreateTagsResponse Read(Ec2XmlReader xml)
    {
        xml.Skip();
        return new CreateTagsResponse();
    }
}
