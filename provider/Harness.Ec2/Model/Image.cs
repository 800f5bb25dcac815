using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>An Amazon machine image.</summary>
public sealed class Image
{
    public string ImageId { get; set; } = "";
    public string? Name { get; set; }
    public string? Description { get; set; }
    public string? State { get; set; }
    public StateReason? StateReason { get; set; }
    public string? OwnerId { get; set; }
    public string? ImageLocation { get; set; }
    public string? ImageType { get; set; }
    public bool? Public { get; set; }
    public string? Architecture { get; set; }
    public string? Platform { get; set; }
    public string? PlatformDetails { get; set; }
    public string? CreationDate { get; set; }
    public string? DeprecationTime { get; set; }
    public string? RootDeviceName { get; set; }
    public string? RootDeviceType { get; set; }
    public string? VirtualizationType { get; set; }
    public string? BootMode { get; set; }
    public List<BlockDeviceMapping> BlockDeviceMappings { get; set; } = [];
    public List<Tag> Tags { get; set; } = [];

    internal static Image Read(Ec2XmlReader xml)
    {
        var result = new Image();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "imageId": result.ImageId = xml.String(); break;
                case "name": result.Name = xml.String(); break;
                case "description": result.Description = xml.String(); break;
                case "imageState": result.State = xml.String(); break;
                case "stateReason": result.StateReason = StateReason.Read(xml); break;
                case "imageOwnerId": result.OwnerId = xml.String(); break;
                case "imageLocation": result.ImageLocation = xml.String(); break;
                case "imageType": result.ImageType = xml.String(); break;
                case "isPublic": result.Public = xml.Boolean(); break;
                case "architecture": result.Architecture = xml.String(); break;
                case "platform": result.Platform = xml.String(); break;
                case "platformDetails": result.PlatformDetails = xml.String(); break;
                case "creationDate": result.CreationDate = xml.String(); break;
                case "deprecationTime": result.DeprecationTime = xml.String(); break;
                case "rootDeviceName": result.RootDeviceName = xml.String(); break;
                case "rootDeviceType": result.RootDeviceType = xml.String(); break;
                case "virtualizationType": result.VirtualizationType = xml.String(); break;
                case "bootMode": result.BootMode = xml.String(); break;
                case "blockDeviceMapping": result.BlockDeviceMappings = xml.List(BlockDeviceMapping.Read); break;
                case "tagSet": result.Tags = xml.List(Tag.Read); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
