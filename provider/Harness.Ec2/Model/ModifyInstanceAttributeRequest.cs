using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>Changes one attribute of an instance.</summary>
public sealed class ModifyInstanceAttributeRequest : AmazonEC2Request
{
    public string? InstanceId { get; set; }
    public string? Attribute { get; set; }
    public string? Value { get; set; }
    public List<string> Groups { get; set; } = [];
    public string? InstanceType { get; set; }
    public string? InstanceInitiatedShutdownBehavior { get; set; }
    public string? UserData { get; set; }
    public bool? DisableApiTermination { get; set; }
    public bool? DisableApiStop { get; set; }
    public bool? EbsOptimized { get; set; }
    public bool? SourceDestCheck { get; set; }

    internal override string Operation => "ModifyInstanceAttribute";

    internal override void Write(QueryParameters query)
    {
        query.Add("InstanceId", InstanceId);
        query.Add("Attribute", Attribute);
        query.Add("Value", Value);
        query.Add("GroupId", Groups);
        query.Add("InstanceType.Value", InstanceType);
        query.Add("InstanceInitiatedShutdownBehavior.Value", InstanceInitiatedShutdownBehavior);
        query.Add("UserData.Value", UserData);
        query.Add("DisableApiTermination.Value", DisableApiTermination);
        query.Add("DisableApiStop.Value", DisableApiStop);
        query.Add("EbsOptimized.Value", EbsOptimized);
        query.Add("SourceDestCheck.Value", SourceDestCheck);
    }
}
