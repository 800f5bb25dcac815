using Google.Protobuf;
using Grpc.Core;
using Harness.Agent.Contract.V0;
using Harness.Agent.Imds;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Bootstrap;

/// <summary>vkvmagent.v0.AgentBootstrap in gRPC's terms. Tells its owner once the reply of the launch that worked is out. Thread-safe.</summary>
internal sealed partial class BootstrapService(
    IdentityReader identities, AuthenticatedEndpoint endpoint, Action launched, ILogger<BootstrapService> logger) : AgentBootstrap.AgentBootstrapBase
{
    public override async Task<GetAgentIdentityResponse> GetAgentIdentity(GetAgentIdentityRequest request, ServerCallContext context)
    {
        try
        {
            var identity = await identities.ReadAsync(context.CancellationToken);
            return new GetAgentIdentityResponse
            {
                Ec2InstanceIdentity = new EC2InstanceIdentity
                {
                    InstanceDocument = UnsafeByteOperations.UnsafeWrap(identity.Document),
                    Pkcs7Signature = UnsafeByteOperations.UnsafeWrap(identity.Signature),
                    SigningCertificate = ByteString.CopyFromUtf8(identity.Certificate),
                },
            };
        }
        catch (ImdsException exception)
        {
            Log.NoIdentity(logger, exception.Message);
            throw new RpcException(new Status(StatusCode.Unavailable, $"The instance's identity cannot be read now: {exception.Message}."));
        }
    }

    public override async Task<LaunchAuthenticatedEndpointResponse> LaunchAuthenticatedEndpoint(
        LaunchAuthenticatedEndpointRequest request, ServerCallContext context)
    {
        var (launch, problem) = await endpoint.LaunchAsync(request.PemCertificateChain.Memory, request.PemPrivateKey.Memory);
        if (launch == EndpointLaunch.Opened)
        {
            context.GetHttpContext().Response.OnCompleted(() =>
            {
                launched();
                return Task.CompletedTask;
            });
            return new LaunchAuthenticatedEndpointResponse();
        }

        throw new RpcException(launch switch
        {
            EndpointLaunch.Invalid => new Status(StatusCode.InvalidArgument, $"The certificate cannot be served: {problem}."),
            EndpointLaunch.Busy => new Status(StatusCode.Aborted, "Another call is opening the authenticated endpoint."),
            EndpointLaunch.OpenAlready => new Status(StatusCode.FailedPrecondition, "The authenticated endpoint is open already; bootstrap ends."),
            _ => new Status(StatusCode.Unavailable, problem),
        });
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The instance's identity cannot be read: {Reason}")]
        public static partial void NoIdentity(ILogger logger, string reason);
    }
}
