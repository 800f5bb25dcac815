using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>An EBS volume attached to an instance.</summary>
public sealed class EbsInstanceBlockDevice
{
    public string? VolumeId { get; set; }
    public string? Status { get; set; }
    public DateTimeOffset? AttachTime { get; set; }
    public bool? DeleteOnTermination { get; set; }

    internal static EbsInstanceBlockDevice Read(Ec2XmlReader xml)
    {
        var result = new EbsInstanceBlockDevice();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "volumeId": result.VolumeId = xml.String(); break;
                case "status": result.Status = xml.String(); break;
                case "attachTime": result.AttachTime = xml.Time(); break;
                case "deleteOnTermination": result.DeleteOnTermination = xml.Boolean(); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
