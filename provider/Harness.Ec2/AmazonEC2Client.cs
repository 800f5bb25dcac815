using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Harness.Ec2.Model;
using Harness.Ec2.Pipeline;
using Harness.Ec2.Xml;

namespace Harness.Ec2;

/// <summary>
/// EC2 over the AWS SDK's pipeline: its credentials chain, SigV4, retries, endpoints and timeouts. Thread-safe; one for the whole
/// program, disposed at its end.
/// </summary>
public sealed class AmazonEC2Client : AmazonServiceClient, IEc2
{
    private readonly AmazonEC2Config _config;

    /// <summary>Credentials come from the SDK's default chain (environment, profile, web identity, container, instance).</summary>
    public AmazonEC2Client(AmazonEC2Config config)
        : base(config)
    {
        _config = config;
    }

    public AmazonEC2Client(AWSCredentials credentials, AmazonEC2Config config)
        : base(credentials, config)
    {
        _config = config;
    }

    protected override IServiceMetadata ServiceMetadata { get; } = new Ec2ServiceMetadata();

    public Task<RunInstancesResponse> RunInstancesAsync(RunInstancesRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, RunInstancesResponse.Read, cancellationToken);

    public Task<DescribeInstancesResponse> DescribeInstancesAsync(
        DescribeInstancesRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, DescribeInstancesResponse.Read, cancellationToken);

    public Task<DescribeInstanceStatusResponse> DescribeInstanceStatusAsync(
        DescribeInstanceStatusRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, DescribeInstanceStatusResponse.Read, cancellationToken);

    public Task<TerminateInstancesResponse> TerminateInstancesAsync(
        TerminateInstancesRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, TerminateInstancesResponse.Read, cancellationToken);

    public Task<CreateTagsResponse> CreateTagsAsync(CreateTagsRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, CreateTagsResponse.Read, cancellationToken);

    public Task<DeleteTagsResponse> DeleteTagsAsync(DeleteTagsRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, DeleteTagsResponse.Read, cancellationToken);

    public Task<CreateNetworkInterfaceResponse> CreateNetworkInterfaceAsync(
        CreateNetworkInterfaceRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, CreateNetworkInterfaceResponse.Read, cancellationToken);

    public Task<DescribeNetworkInterfacesResponse> DescribeNetworkInterfacesAsync(
        DescribeNetworkInterfacesRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, DescribeNetworkInterfacesResponse.Read, cancellationToken);

    public Task<DeleteNetworkInterfaceResponse> DeleteNetworkInterfaceAsync(
        DeleteNetworkInterfaceRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, DeleteNetworkInterfaceResponse.Read, cancellationToken);

    public Task<DescribeSubnetsResponse> DescribeSubnetsAsync(
        DescribeSubnetsRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, DescribeSubnetsResponse.Read, cancellationToken);

    public Task<DescribeImagesResponse> DescribeImagesAsync(DescribeImagesRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, DescribeImagesResponse.Read, cancellationToken);

    public Task<DescribeInstanceTypesResponse> DescribeInstanceTypesAsync(
        DescribeInstanceTypesRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, DescribeInstanceTypesResponse.Read, cancellationToken);

    public Task<DescribeSecurityGroupsResponse> DescribeSecurityGroupsAsync(
        DescribeSecurityGroupsRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, DescribeSecurityGroupsResponse.Read, cancellationToken);

    public Task<DescribeInstanceAttributeResponse> DescribeInstanceAttributeAsync(
        DescribeInstanceAttributeRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, DescribeInstanceAttributeResponse.Read, cancellationToken);

    public Task<ModifyInstanceAttributeResponse> ModifyInstanceAttributeAsync(
        ModifyInstanceAttributeRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, ModifyInstanceAttributeResponse.Read, cancellationToken);

    /// <summary>Calls an operation that has no types here; errors, retries and signatures are those of the others.</summary>
    public Task<UntypedResponse> CallAsync(UntypedRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, UntypedResponse.Read, cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new Ec2EndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new Ec2AuthSchemeHandler());
        pipeline.AddHandlerBefore<Marshaller>(new Ec2OutcomeHandler());
        pipeline.AddHandlerAfter<RetryHandler>(new Ec2AttemptHandler());
    }

    private Task<TResponse> SendAsync<TResponse>(
        AmazonEC2Request request, Func<Ec2XmlReader, TResponse> read, CancellationToken cancellationToken)
        where TResponse : AmazonEC2Response, new()
    {
        ArgumentNullException.ThrowIfNull(request);
        var options = new InvokeOptions
        {
            RequestMarshaller = new Ec2RequestMarshaller(_config.ClientTokenSource),
            ResponseUnmarshaller = new Ec2ResponseUnmarshaller(request.Operation, read),
        };
        return InvokeAsync<TResponse>(request, options, cancellationToken);
    }
}
