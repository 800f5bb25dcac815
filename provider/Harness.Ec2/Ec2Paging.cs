using System.Runtime.CompilerServices;
using Harness.Ec2.Model;

namespace Harness.Ec2;

/// <summary>
/// Reads Describe operations to their last page, item by item. The request given is used as a template: its NextToken is overwritten.
/// A list is complete only when the enumeration ended without an exception.
/// </summary>
public static class Ec2Paging
{
    public static IAsyncEnumerable<Instance> ListInstancesAsync(
        this IEc2 ec2, DescribeInstancesRequest request, CancellationToken cancellationToken = default) =>
        Pages(async token =>
        {
            request.NextToken = token;
            var page = await ec2.DescribeInstancesAsync(request, cancellationToken);
            return (page.Reservations.SelectMany(reservation => reservation.Instances), page.NextToken);
        }, cancellationToken);

    public static IAsyncEnumerable<InstanceStatus> ListInstanceStatusesAsync(
        this IEc2 ec2, DescribeInstanceStatusRequest request, CancellationToken cancellationToken = default) =>
        Pages(async token =>
        {
            request.NextToken = token;
            var page = await ec2.DescribeInstanceStatusAsync(request, cancellationToken);
            return (page.InstanceStatuses.AsEnumerable(), page.NextToken);
        }, cancellationToken);

    public static IAsyncEnumerable<NetworkInterface> ListNetworkInterfacesAsync(
        this IEc2 ec2, DescribeNetworkInterfacesRequest request, CancellationToken cancellationToken = default) =>
        Pages(async token =>
        {
            request.NextToken = token;
            var page = await ec2.DescribeNetworkInterfacesAsync(request, cancellationToken);
            return (page.NetworkInterfaces.AsEnumerable(), page.NextToken);
        }, cancellationToken);

    public static IAsyncEnumerable<Subnet> ListSubnetsAsync(
        this IEc2 ec2, DescribeSubnetsRequest request, CancellationToken cancellationToken = default) =>
        Pages(async token =>
        {
            request.NextToken = token;
            var page = await ec2.DescribeSubnetsAsync(request, cancellationToken);
            return (page.Subnets.AsEnumerable(), page.NextToken);
        }, cancellationToken);

    public static IAsyncEnumerable<InstanceTypeInfo> ListInstanceTypesAsync(
        this IEc2 ec2, DescribeInstanceTypesRequest request, CancellationToken cancellationToken = default) =>
        Pages(async token =>
        {
            request.NextToken = token;
            var page = await ec2.DescribeInstanceTypesAsync(request, cancellationToken);
            return (page.InstanceTypes.AsEnumerable(), page.NextToken);
        }, cancellationToken);

    private static async IAsyncEnumerable<T> Pages<T>(
        Func<string?, Task<(IEnumerable<T> Items, string? NextToken)>> readPage,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (items, next) = await readPage(token);
            foreach (var item in items)
            {
                yield return item;
            }

            if (next is not null && next == token)
            {
                throw new InvalidOperationException("EC2 answered a page's own NextToken again; the list would never end.");
            }

            token = string.IsNullOrEmpty(next) ? null : next;
        }
        while (token is not null);
    }
}
