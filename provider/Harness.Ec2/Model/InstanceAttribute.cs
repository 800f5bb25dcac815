using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>One attribute of an instance; only the one that was asked for is set.</summary>
public sealed class InstanceAttribute
{
    public string InstanceId { get; set; } = "";
    public string? InstanceType { get; set; }
    public string? InstanceInitiatedShutdownBehavior { get; set; }
    public string? UserData { get; set; }
    public string? KernelId { get; set; }
    public string? RamdiskId { get; set; }
    public string? RootDeviceName { get; set; }
    public string? SriovNetSupport { get; set; }
    public bool? DisableApiTermination { get; set; }
    public bool? DisableApiStop { get; set; }
    public bool? EbsOptimized { get; set; }
    public bool? EnaSupport { get; set; }
    public bool? SourceDestCheck { get; set; }
    public List<GroupIdentifier> Groups { get; set; } = [];
    public List<InstanceBlockDeviceMapping> BlockDeviceMappings { get; set; } = [];

    internal static InstanceAttribute Read(Ec2XmlReader xml)
    {
        var result = new InstanceAttribute();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "instanceId": result.InstanceId = xml.String(); break;
                case "instanceType": result.InstanceType = xml.AttributeValue(); break;
                case "instanceInitiatedShutdownBehavior": result.InstanceInitiatedShutdownBehavior = xml.AttributeValue(); break;
                case "userData": result.UserData = xml.AttributeValue(); break;
                case "kernel": result.KernelId = xml.AttributeValue(); break;
                case "ramdisk": result.RamdiskId = xml.AttributeValue(); break;
                case "rootDeviceName": result.RootDeviceName = xml.AttributeValue(); break;
                case "sriovNetSupport": result.SriovNetSupport = xml.AttributeValue(); break;
                case "disableApiTermination": result.DisableApiTermination = xml.AttributeBoolean(); break;
                case "disableApiStop": result.DisableApiStop = xml.AttributeBoolean(); break;
                case "ebsOptimized": result.EbsOptimized = xml.AttributeBoolean(); break;
                case "enaSupport": result.EnaSupport = xml.AttributeBoolean(); break;
                case "sourceDestCheck": result.SourceDestCheck = xml.AttributeBoolean(); break;
                case "groupSet": result.Groups = xml.List(GroupIdentifier.Read); break;
                case "blockDeviceMapping": result.BlockDeviceMappings = xml.List(InstanceBlockDeviceMapping.Read); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
