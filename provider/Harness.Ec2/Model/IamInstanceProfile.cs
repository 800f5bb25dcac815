using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The instance profile of an instance.</summary>
public sealed class IamInstanceProfile
{
    public string? Arn { get; set; }
    public string? Id { get; set; }

    internal static IamInstanceProfile Read(Ec2XmlReader xml)
    {
        var result = new IamInstanceProfile();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "arn": result.Arn = xml.String(); break;
                case "id": result.Id = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
