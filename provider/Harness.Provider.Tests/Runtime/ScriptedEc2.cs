using Harness.Ec2;
using Harness.Ec2.Model;

namespace Harness.Provider.Tests.Runtime;

/// <summary>
/// EC2 as a list of answers: each operation that a test scripts takes the next one; one that is not scripted fails the test.
/// </summary>
internal sealed class ScriptedEc2 : IEc2
{
    private readonly Queue<object> _answers = new();

    /// <summary>The requests, in order.</summary>
    public List<object> Requests { get; } = [];

    /// <summary>Appends an answer: a response, or an exception to throw.</summary>
    public ScriptedEc2 Answer(object answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public Task<RunInstancesResponse> RunInstancesAsync(RunInstancesRequest request, CancellationToken cancellationToken = default) => Next<RunInstancesResponse>(request);

    public Task<DescribeInstancesResponse> DescribeInstancesAsync(DescribeInstancesRequest request, CancellationToken cancellationToken = default) =>
        Next<DescribeInstancesResponse>(request);

    public Task<DescribeInstanceStatusResponse> DescribeInstanceStatusAsync(
        DescribeInstanceStatusRequest request, CancellationToken cancellationToken = default) => Next<DescribeInstanceStatusResponse>(request);

    public Task<TerminateInstancesResponse> TerminateInstancesAsync(TerminateInstancesRequest request, CancellationToken cancellationToken = default) =>
        Next<TerminateInstancesResponse>(request);

    public Task<CreateTagsResponse> CreateTagsAsync(CreateTagsRequest request, CancellationToken cancellationToken = default) => Next<CreateTagsResponse>(request);

    public Task<DeleteTagsResponse> DeleteTagsAsync(DeleteTagsRequest request, CancellationToken cancellationToken = default) => Next<DeleteTagsResponse>(request);

    public Task<CreateNetworkInterfaceResponse> CreateNetworkInterfaceAsync(
        CreateNetworkInterfaceRequest request, CancellationToken cancellationToken = default) => Next<CreateNetworkInterfaceResponse>(request);

    public Task<DescribeNetworkInterfacesResponse> DescribeNetworkInterfacesAsync(
        DescribeNetworkInterfacesRequest request, CancellationToken cancellationToken = default) => Next<DescribeNetworkInterfacesResponse>(request);

    public Task<DeleteNetworkInterfaceResponse> DeleteNetworkInterfaceAsync(
        DeleteNetworkInterfaceRequest request, CancellationToken cancellationToken = default) => Next<DeleteNetworkInterfaceResponse>(request);

    public Task<DescribeSubnetsResponse> DescribeSubnetsAsync(DescribeSubnetsRequest request, CancellationToken cancellationToken = default) =>
        Next<DescribeSubnetsResponse>(request);

    public Task<DescribeImagesResponse> DescribeImagesAsync(DescribeImagesRequest request, CancellationToken cancellationToken = default) =>
        Next<DescribeImagesResponse>(request);

    public Task<DescribeInstanceTypesResponse> DescribeInstanceTypesAsync(
        DescribeInstanceTypesRequest request, CancellationToken cancellationToken = default) => Next<DescribeInstanceTypesResponse>(request);

    public Task<DescribeSecurityGroupsResponse> DescribeSecurityGroupsAsync(
        DescribeSecurityGroupsRequest request, CancellationToken cancellationToken = default) => Next<DescribeSecurityGroupsResponse>(request);

    public Task<DescribeInstanceAttributeResponse> DescribeInstanceAttributeAsync(
        DescribeInstanceAttributeRequest request, CancellationToken cancellationToken = default) => Next<DescribeInstanceAttributeResponse>(request);

    public Task<ModifyInstanceAttributeResponse> ModifyInstanceAttributeAsync(
        ModifyInstanceAttributeRequest request, CancellationToken cancellationToken = default) => Next<ModifyInstanceAttributeResponse>(request);

    private Task<T> Next<T>(object request)
    {
        Requests.Add(request);
        return _answers.TryDequeue(out var answer)
            ? answer is Exception exception ? Task.FromException<T>(exception) : Task.FromResult((T)answer)
            : Task.FromException<T>(new InvalidOperationException($"No answer is scripted for {request.GetType().Name}."));
    }
}
