using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>Whether detailed monitoring is on.</summary>
public sealed class Monitoring
{
    public string? State { get; set; }

    internal static Monitoring Read(Ec2XmlReader xml)
    {
        var result = new Monitoring();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "state": result.State = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
