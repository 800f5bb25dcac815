using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>The outcome of an instance's or its host's status checks.</summary>
public sealed class InstanceStatusSummary
{
    public string? Status { get; set; }
    public List<InstanceStatusDetails> Details { get; set; } = [];

    internal static InstanceStatusSummary Read(Ec2XmlReader xml)
    {
        var result = new InstanceStatusSummary();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "status": result.Status = xml.String(); break;
                case "details": result.Details = xml.List(InstanceStatusDetails.Read); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
