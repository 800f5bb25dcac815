using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The answer to DescribeImages.</summary>
public sealed class DescribeImagesResponse : AmazonEC2Response
{
    public List<Image> Images { get; set; } = [];
    public string? NextToken { get; set; }

    internal static DescribeImagesResponse Read(Ec2XmlReader xml)
    {
        var result = new DescribeImagesResponse();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "imagesSet": result.Images = xml.List(Image.Read); break;
                case "nextToken": result.NextToken = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
