using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>How an interface is attached to its instance.</summary>
public sealed class InstanceNetworkInterfaceAttachment
{
    public string? AttachmentId { get; set; }
    public DateTimeOffset? AttachTime { get; set; }
    public bool? DeleteOnTermination { get; set; }
    public int? DeviceIndex { get; set; }
    public string? Status { get; set; }

    internal static InstanceNetworkInterfaceAttachment Read(Ec2XmlReader xml)
    {
        var result = new InstanceNetworkInterfaceAttachment();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "attachmentId": result.AttachmentId = xml.String(); break;
                case "attachTime": result.AttachTime = xml.Time(); break;
                case "deleteOnTermination": result.DeleteOnTermination = xml.Boolean(); break;
                case "deviceIndex": result.DeviceIndex = xml.Int32(); break;
                case "status": result.Status = xml.String(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
