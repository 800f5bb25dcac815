using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>Launches instances. The call is idempotent per zone by its ClientToken (one is made when none is given).</summary>
public sealed class RunInstancesRequest : AmazonEC2Request, IIdempotentRequest
{
    public string? ImageId { get; set; }
    public string? InstanceType { get; set; }
    public int MinCount { get; set; } = 1;
    public int MaxCount { get; set; } = 1;
    public string? ClientToken { get; set; }
    public string? SubnetId { get; set; }
    public List<string> SecurityGroupIds { get; set; } = [];
    public List<string> SecurityGroups { get; set; } = [];
    public string? PrivateIpAddress { get; set; }
    public string? KeyName { get; set; }
    public string? UserData { get; set; }
    public string? AdditionalInfo { get; set; }
    public string? InstanceInitiatedShutdownBehavior { get; set; }
    public bool? DisableApiTermination { get; set; }
    public bool? EbsOptimized { get; set; }
    public IamInstanceProfileSpecification? IamInstanceProfile { get; set; }
    public Placement? Placement { get; set; }
    public LaunchTemplateSpecification? LaunchTemplate { get; set; }
    public InstanceMetadataOptionsRequest? MetadataOptions { get; set; }
    public List<InstanceNetworkInterfaceSpecification> NetworkInterfaces { get; set; } = [];
    public List<BlockDeviceMapping> BlockDeviceMappings { get; set; } = [];
    public List<TagSpecification> TagSpecifications { get; set; } = [];

    internal override string Operation => "RunInstances";

    internal override void Write(QueryParameters query)
    {
        query.Add("ImageId", ImageId);
        query.Add("InstanceType", InstanceType);
        query.Add("MinCount", MinCount);
        query.Add("MaxCount", MaxCount);
        query.Add("ClientToken", ClientToken);
        query.Add("SubnetId", SubnetId);
        query.Add("SecurityGroupId", SecurityGroupIds);
        query.Add("SecurityGroup", SecurityGroups);
        query.Add("PrivateIpAddress", PrivateIpAddress);
        query.Add("KeyName", KeyName);
        query.Add("UserData", UserData);
        query.Add("AdditionalInfo", AdditionalInfo);
        query.Add("InstanceInitiatedShutdownBehavior", InstanceInitiatedShutdownBehavior);
        query.Add("DisableApiTermination", DisableApiTermination);
        query.Add("EbsOptimized", EbsOptimized);
        query.Add("IamInstanceProfile", IamInstanceProfile);
        query.Add("Placement", Placement);
        query.Add("LaunchTemplate", LaunchTemplate);
        query.Add("MetadataOptions", MetadataOptions);
        query.Add("NetworkInterface", NetworkInterfaces);
        query.Add("BlockDeviceMapping", BlockDeviceMappings);
        query.Add("TagSpecification", TagSpecifications);
    }
}
