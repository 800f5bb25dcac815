using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.Tests.Serving;

public sealed class ServiceOptionsTests
{
    [Fact]
    public async Task MaxReceiveMessageSize_LargerRequest_IsResourceExhausted()
    {
        await using var host = await GrpcHost.StartAsync(options => options.MaxReceiveMessageSize = 100);

        Assert.Equal(StatusCode.ResourceExhausted, (await FailAsync(host, new Note { Data = ByteString.CopyFrom(new byte[101]) })).StatusCode);
    }

    [Fact]
    public async Task MaxReceiveMessageSize_ByDefault_Is4MiB()
    {
        await using var host = await GrpcHost.StartAsync();
        var payload = new Note { Data = ByteString.CopyFrom(new byte[4 * 1024 * 1024]) };

        Assert.Equal(StatusCode.ResourceExhausted, (await FailAsync(host, payload)).StatusCode);
    }

    [Fact]
    public async Task MaxReceiveMessageSize_None_TakesMoreThanKestrelsBodyLimit()
    {
        await using var host = await GrpcHost.StartAsync(options => options.MaxReceiveMessageSize = null);
        using var channel = GrpcChannel.ForAddress(host.Address, new GrpcChannelOptions { MaxReceiveMessageSize = null });
        var data = ByteString.CopyFrom(new byte[40_000_000]);

        var response = await new Peer.PeerClient(channel).EchoAsync(new Note { Data = data });

        Assert.Equal(data.Length, response.Data.Length);
    }

    [Fact]
    public async Task MaxSendMessageSize_LargerResponse_IsResourceExhausted()
    {
        await using var host = await GrpcHost.StartAsync(options => options.MaxSendMessageSize = 100);

        Assert.Equal(StatusCode.ResourceExhausted, (await FailAsync(host, new Note { Text = "bytes", Number = 101 })).StatusCode);
    }

    [Fact]
    public async Task AddServiceOptions_OneService_DiffersFromTheOthers()
    {
        await using var host = await GrpcHost.StartAsync(
            options => options.MaxReceiveMessageSize = 1,
            services: services => services.AddGrpc().AddServiceOptions<PeerService>(options => options.MaxReceiveMessageSize = 100));
        using var channel = GrpcChannel.ForAddress(host.Address);

        var response = await new Peer.PeerClient(channel).EchoAsync(new Note { Text = "within the limit" });

        Assert.Equal("within the limit", response.Text);
    }

    [Fact]
    public async Task EnableDetailedErrors_Exception_IsTold()
    {
        await using var host = await GrpcHost.StartAsync(options => options.EnableDetailedErrors = true);

        var failure = await FailAsync(host, new Note { Text = "throw" });

        Assert.Equal(StatusCode.Unknown, failure.StatusCode);
        Assert.Equal("Exception was thrown by handler. InvalidOperationException: a secret of the handler", failure.Status.Detail);
    }

    [Fact]
    public async Task ResponseCompressionAlgorithm_Gzip_CompressesResponses()
    {
        await using var host = await GrpcHost.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");
        using var recorder = new EncodingRecorder(new SocketsHttpHandler());
        using var channel = GrpcChannel.ForAddress(host.Address, new GrpcChannelOptions { HttpHandler = recorder });
        var client = new Peer.PeerClient(channel);

        var response = await client.EchoAsync(new Note { Text = "bytes", Number = 100_000 });
        using var stream = client.Count(new Note { Number = 3 });

        Assert.Equal(100_000, response.Data.Length);
        Assert.Equal([1L, 2L, 3L], await stream.ResponseStream.ReadAllAsync().Select(note => note.Number).ToListAsync());
        Assert.Equal(["gzip", "gzip"], recorder.Response);
    }

    [Fact]
    public async Task RequestEncoding_Gzip_CompressesRequests()
    {
        await using var host = await GrpcHost.StartAsync();
        using var recorder = new EncodingRecorder(new SocketsHttpHandler());
        using var channel = GrpcChannel.ForAddress(host.Address, new GrpcChannelOptions { HttpHandler = recorder });

        var response = await new Peer.PeerClient(channel).EchoAsync(
            new Note { Data = ByteString.CopyFrom(new byte[100_000]) }, new Metadata { { "grpc-internal-encoding-request", "gzip" } });

        Assert.Equal(100_000, response.Data.Length);
        Assert.Equal(["gzip"], recorder.Request);
    }

    private static async Task<RpcException> FailAsync(GrpcHost host, Note note)
    {
        using var channel = GrpcChannel.ForAddress(host.Address);
        return await Assert.ThrowsAsync<RpcException>(() => new Peer.PeerClient(channel).EchoAsync(note).ResponseAsync);
    }

    private sealed class EncodingRecorder(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public List<string> Request { get; } = [];

        public List<string> Response { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Request.AddRange(request.Headers.TryGetValues("grpc-encoding", out var sent) ? sent : []);
            var response = await base.SendAsync(request, cancellationToken);
            Response.AddRange(response.Headers.TryGetValues("grpc-encoding", out var received) ? received : []);
            return response;
        }
    }
}
