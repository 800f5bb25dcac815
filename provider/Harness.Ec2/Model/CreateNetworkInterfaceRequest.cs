using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>Creates a network interface in a subnet. Idempotent by its ClientToken (one is made when none is given).</summary>
public sealed class CreateNetworkInterfaceRequest : AmazonEC2Request, IIdempotentRequest
{
    public string? SubnetId { get; set; }
    public string? Description { get; set; }
    public string? PrivateIpAddress { get; set; }
    public List<string> Groups { get; set; } = [];
    public string? InterfaceType { get; set; }
    public string? ClientToken { get; set; }
    public int? SecondaryPrivateIpAddressCount { get; set; }
    public List<PrivateIpAddressSpecification> PrivateIpAddresses { get; set; } = [];
    public List<TagSpecification> TagSpecifications { get; set; } = [];

    internal override string Operation => "CreateNetworkInterface";

    internal override void Write(QueryParameters query)
    {
        query.Add("SubnetId", SubnetId);
        query.Add("Description", Description);
        query.Add("PrivateIpAddress", PrivateIpAddress);
        query.Add("SecurityGroupId", Groups);
        query.Add("InterfaceType", InterfaceType);
        query.Add("ClientToken", ClientToken);
        query.Add("SecondaryPrivateIpAddressCount", SecondaryPrivateIpAddressCount);
        query.Add("PrivateIpAddresses", PrivateIpAddresses);
        query.Add("TagSpecification", TagSpecifications);
    }
}
