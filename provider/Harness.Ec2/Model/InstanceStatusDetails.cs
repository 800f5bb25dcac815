using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>One check of an instance's status.</summary>
public sealed class InstanceStatusDetails
{
    public string? Name { get; set; }
    public string? Status { get; set; }
    public DateTimeOffset? ImpairedSince { get; set; }

    internal static InstanceStatusDetails Read(Ec2XmlReader xml)
    {
        var result = new InstanceStatusDetails();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "name": result.Name = xml.String(); break;
                case "status": result.Status = xml.String(); break;
                case "impairedSince": result.ImpairedSince = xml.Time(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
