using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The answer to DeleteTags: it was done.</summary>
public sealed class DeleteTagsResponse : AmazonEC2Response
{
    internal static DeleteTagsResponse Read(Ec2XmlReader xml)
    {
        xml.Skip();
        return new DeleteTagsResponse();
    }
}
