using Harness.Ec2.Query;

namespace Harness.Ec2.Model;

/// <summary>Deletes a detached network interface.</summary>
public sealed class DeleteNetworkInterfaceRequest : AmazonEC2Request
{
    public string? NetworkInterfaceId { get; set; }

    internal override string Operation => "DeleteNetworkInterface";

    internal override void Write(QueryParameters query)
    {
        query.Add("NetworkInterfaceId", NetworkInterfaceId);
    }
}
