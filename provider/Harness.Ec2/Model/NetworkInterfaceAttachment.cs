using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>To which instance an interface is attached.</summary>
public sealed class NetworkInterfaceAttachment
{
    public string? AttachmentId { get; set; }
    public string? InstanceId { get; set; }
    public string? InstanceOwnerId { get; set; }
    public DateTimeOffset? AttachTime { get; set; }
    public bool? DeleteOnTermination { get; set; }
    public int? DeviceIndex { get; set; }
    public string? Status { get; set; }

    internal static NetworkInterfaceAttachment Read(Ec2XmlReader xml)
    {
        var result = new NetworkInterfaceAttachment();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "attachmentId": result.AttachmentId = xml.String(); break;
                case "instanceId": result.InstanceId = xml.String(); break;
                case "instanceOwnerId": result.InstanceOwnerId = xml.String(); break;
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
