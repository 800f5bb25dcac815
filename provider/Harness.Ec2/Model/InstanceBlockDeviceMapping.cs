using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>A block device of an instance.</summary>
public sealed class InstanceBlockDeviceMapping
{
    public string? DeviceName { get; set; }
    public EbsInstanceBlockDevice? Ebs { get; set; }

    internal static InstanceBlockDeviceMapping Read(Ec2XmlReader xml)
    {
        var result = new InstanceBlockDeviceMapping();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "deviceName": result.DeviceName = xml.String(); break;
                case "ebs": result.Ebs = EbsInstanceBlockDevice.Read(xml); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
