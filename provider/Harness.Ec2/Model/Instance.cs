using Harness.Ec2.Xml;

namespace Harness.Ec2.Model;

/// <summary>An EC2 instance.</summary>
public sealed class Instance
{
    public string InstanceId { get; set; } = "";
    public string? ImageId { get; set; }
    public InstanceState? State { get; set; }
    public StateReason? StateReason { get; set; }
    public string? StateTransitionReason { get; set; }
    public string? InstanceType { get; set; }
    public string? InstanceLifecycle { get; set; }
    public string? ClientToken { get; set; }
    public DateTimeOffset? LaunchTime { get; set; }
    public int? AmiLaunchIndex { get; set; }
    public string? KeyName { get; set; }
    public string? PrivateDnsName { get; set; }
    public string? PrivateIpAddress { get; set; }
    public string? PublicDnsName { get; set; }
    public string? PublicIpAddress { get; set; }
    public string? SubnetId { get; set; }
    public string? VpcId { get; set; }
    public string? Architecture { get; set; }
    public string? Platform { get; set; }
    public string? PlatformDetails { get; set; }
    public string? RootDeviceName { get; set; }
    public string? RootDeviceType { get; set; }
    public bool? EbsOptimized { get; set; }
    public bool? SourceDestCheck { get; set; }
    public Monitoring? Monitoring { get; set; }
    public Placement? Placement { get; set; }
    public IamInstanceProfile? IamInstanceProfile { get; set; }
    public InstanceMetadataOptionsResponse? MetadataOptions { get; set; }
    public List<InstanceBlockDeviceMapping> BlockDeviceMappings { get; set; } = [];
    public List<InstanceNetworkInterface> NetworkInterfaces { get; set; } = [];
    public List<GroupIdentifier> SecurityGroups { get; set; } = [];
    public List<Tag> Tags { get; set; } = [];

    internal static Instance Read(Ec2XmlReader xml)
    {
        var result = new Instance();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "instanceId": result.InstanceId = xml.String(); break;
                case "imageId": result.ImageId = xml.String(); break;
                case "instanceState": result.State = InstanceState.Read(xml); break;
                case "stateReason": result.StateReason = StateReason.Read(xml); break;
                case "reason": result.StateTransitionReason = xml.String(); break;
                case "instanceType": result.InstanceType = xml.String(); break;
                case "instanceLifecycle": result.InstanceLifecycle = xml.String(); break;
                case "clientToken": result.ClientToken = xml.String(); break;
                case "launchTime": result.LaunchTime = xml.Time(); break;
                case "amiLaunchIndex": result.AmiLaunchIndex = xml.Int32(); break;
                case "keyName": result.KeyName = xml.String(); break;
                case "privateDnsName": result.PrivateDnsName = xml.String(); break;
                case "privateIpAddress": result.PrivateIpAddress = xml.String(); break;
                case "dnsName": result.PublicDnsName = xml.String(); break;
                case "ipAddress": result.PublicIpAddress = xml.String(); break;
                case "subnetId": result.SubnetId = xml.String(); break;
                case "vpcId": result.VpcId = xml.String(); break;
                case "architecture": result.Architecture = xml.String(); break;
                case "platform": result.Platform = xml.String(); break;
                case "platformDetails": result.PlatformDetails = xml.String(); break;
                case "rootDeviceName": result.RootDeviceName = xml.String(); break;
                case "rootDeviceType": result.RootDeviceType = xml.String(); break;
                case "ebsOptimized": result.EbsOptimized = xml.Boolean(); break;
                case "sourceDestCheck": result.SourceDestCheck = xml.Boolean(); break;
                case "monitoring": result.Monitoring = Monitoring.Read(xml); break;
                case "placement": result.Placement = Placement.Read(xml); break;
                case "iamInstanceProfile": result.IamInstanceProfile = IamInstanceProfile.Read(xml); break;
                case "metadataOptions": result.MetadataOptions = InstanceMetadataOptionsResponse.Read(xml); break;
                case "blockDeviceMapping": result.BlockDeviceMappings = xml.List(InstanceBlockDeviceMapping.Read); break;
                case "networkInterfaceSet": result.NetworkInterfaces = xml.List(InstanceNetworkInterface.Read); break;
                case "groupSet": result.SecurityGroups = xml.List(GroupIdentifier.Read); break;
                case "tagSet": result.Tags = xml.List(Tag.Read); break;
                default: xml.Skip(); break;
            }
        }

        return result;
    }
}
