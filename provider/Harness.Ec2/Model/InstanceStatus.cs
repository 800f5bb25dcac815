using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>An instance's state, checks and scheduled events.</summary>
public sealed class InstanceStatus
{
    public string InstanceId { get; set; } = "";
    public string? AvailabilityZone { get; set; }
    public InstanceState? InstanceState { get; set; }
    public InstanceStatusSummary? Status { get; set; }
    public InstanceStatusSummary? SystemStatus { get; set; }
    public List<InstanceStatusEvent> Events { get; set; } = [];

    internal static InstanceStatus Read(Ec2XmlReader xml)
    {
        var result = new InstanceStatus();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "instanceId": result.InstanceId = xml.String(); break;
                case "availabilityZone": result.AvailabilityZone = xml.String(); break;
                case "instanceState": result.InstanceState = InstanceState.Read(xml); break;
                case "instanceStatus": result.Status = InstanceStatusSummary.Read(xml); break;
                case "systemStatus": result.SystemStatus = InstanceStatusSummary.Read(xml); break;
                case "eventsSet": result.Events = xml.List(InstanceStatusEvent.Read); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
