using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>A scheduled event of an instance (retirement, reboot).</summary>
public sealed class InstanceStatusEvent
{
    public string? InstanceEventId { get; set; }
    public string? Code { get; set; }
    public string? Description { get; set; }
    public DateTimeOffset? NotAfter { get; set; }
    public DateTimeOffset? NotBefore { get; set; }
    public DateTimeOffset? NotBeforeDeadline { get; set; }

    internal static InstanceStatusEvent Read(Ec2XmlReader xml)
    {
        var result = new InstanceStatusEvent();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "instanceEventId": result.InstanceEventId = xml.String(); break;
                case "code": result.Code = xml.String(); break;
                case "description": result.Description = xml.String(); break;
                case "notAfter": result.NotAfter = xml.Time(); break;
                case "notBefore": result.NotBefore = xml.Time(); break;
                case "notBeforeDeadline": result.NotBeforeDeadline = xml.Time(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
