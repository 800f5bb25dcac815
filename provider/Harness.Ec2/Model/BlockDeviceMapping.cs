using Harness.Ec2.Query;
using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>A block device of an image or of a launch.</summary>
public sealed class BlockDeviceMapping : IQueryStructure
{
    public string? DeviceName { get; set; }
    public string? VirtualName { get; set; }
    public string? NoDevice { get; set; }
    public EbsBlockDevice? Ebs { get; set; }

    void IQueryStructure.Write(QueryParameters query, string prefix)
    {
        query.Add($"{prefix}.DeviceName", DeviceName);
        query.Add($"{prefix}.VirtualName", VirtualName);
        query.Add($"{prefix}.NoDevice", NoDevice);
        query.Add($"{prefix}.Ebs", Ebs);
    }

    internal static BlockDeviceMapping Read(Ec2XmlReader xml)
    {
        var result = new BlockDeviceMapping();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "deviceName": result.DeviceName = xml.String(); break;
                case "virtualName": result.VirtualName = xml.String(); break;
                case "noDevice": result.NoDevice = xml.String(); break;
                case "ebs": result.Ebs = EbsBlockDevice.Read(xml); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
