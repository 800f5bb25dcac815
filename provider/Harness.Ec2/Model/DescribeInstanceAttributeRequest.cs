using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>Reads one attribute of an instance.</summary>
public sealed class DescribeInstanceAttributeRequest : AmazonEC2Request
{
    public string? InstanceId { get; set; }
    public string? Attribute { get; set; }

    internal override string Operation => "DescribeInstanceAttribute";

    internal override void Write(QueryParameters query)
    {
        query.Add("InstanceId", InstanceId);
        query.Add("Attribute", Attribute);
    }
}
