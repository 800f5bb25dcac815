using Harness.Ec2.Model;

namespace Harness.Ec2;

/// <summary>
/// The EC2 operations that this system uses, with the names of the AWS SDK. Every call throws <see cref="Ec2Exception"/> when EC2 refuses it,
/// when it cannot be reached, or when the outcome is unknown; <see cref="OperationCanceledException"/> only when the caller cancelled. Thread-safe.
/// </summary>
public interface IEc2
{
    /// <summary>Launches instances. The call is idempotent per zone by its ClientToken (one is made when none is given).</summary>
    Task<RunInstancesResponse> RunInstancesAsync(RunInstancesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists instances. Terminated ones stay visible for about an hour.</summary>
    Task<DescribeInstancesResponse> DescribeInstancesAsync(DescribeInstancesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the status checks of instances (running ones only, unless IncludeAllInstances).</summary>
    Task<DescribeInstanceStatusResponse> DescribeInstanceStatusAsync(
        DescribeInstanceStatusRequest request, CancellationToken cancellationToken = default);

    /// <summary>Ends instances; ending one that is terminated already succeeds.</summary>
    Task<TerminateInstancesResponse> TerminateInstancesAsync(
        TerminateInstancesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Sets tags on resources, replacing values of the same keys.</summary>
    Task<CreateTagsResponse> CreateTagsAsync(CreateTagsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Removes tags from resources (with a value: only where it matches).</summary>
    Task<DeleteTagsResponse> DeleteTagsAsync(DeleteTagsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Creates a network interface in a subnet. Idempotent by its ClientToken (one is made when none is given).</summary>
    Task<CreateNetworkInterfaceResponse> CreateNetworkInterfaceAsync(
        CreateNetworkInterfaceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists network interfaces.</summary>
    Task<DescribeNetworkInterfacesResponse> DescribeNetworkInterfacesAsync(
        DescribeNetworkInterfacesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Deletes a detached network interface.</summary>
    Task<DeleteNetworkInterfaceResponse> DeleteNetworkInterfaceAsync(
        DeleteNetworkInterfaceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists subnets.</summary>
    Task<DescribeSubnetsResponse> DescribeSubnetsAsync(DescribeSubnetsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists machine images.</summary>
    Task<DescribeImagesResponse> DescribeImagesAsync(DescribeImagesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists what instance types offer.</summary>
    Task<DescribeInstanceTypesResponse> DescribeInstanceTypesAsync(
        DescribeInstanceTypesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists security groups.</summary>
    Task<DescribeSecurityGroupsResponse> DescribeSecurityGroupsAsync(
        DescribeSecurityGroupsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads one attribute of an instance.</summary>
    Task<DescribeInstanceAttributeResponse> DescribeInstanceAttributeAsync(
        DescribeInstanceAttributeRequest request, CancellationToken cancellationToken = default);

    /// <summary>Changes one attribute of an instance.</summary>
    Task<ModifyInstanceAttributeResponse> ModifyInstanceAttributeAsync(
        ModifyInstanceAttributeRequest request, CancellationToken cancellationToken = default);
}
