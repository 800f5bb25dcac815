using System.Net.Sockets;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Grpc.Tests.Transports;

public sealed class UnixSocketTests
{
    [Fact]
    public async Task H2c_OverAUnixSocket_Works()
    {
        var folder = Directory.CreateTempSubdirectory("grpc-tests-");
        try
        {
            var path = Path.Combine(folder.FullName, "grpc.sock");
            string? peer = null;
            await using var host = await GrpcHost.StartAsync(
                application => application.MapGrpcServiceOf<ScriptedPeer>(),
                listen: kestrel => kestrel.ListenUnixSocket(path, endpoint => endpoint.Protocols = HttpProtocols.Http2),
                services: services => services.AddInstance(new ScriptedPeer
                {
                    OnEcho = (note, context) =>
                    {
                        peer = context.Peer;
                        return Task.FromResult(note);
                    },
                }));
            using var handler = new SocketsHttpHandler { ConnectCallback = (_, cancellationToken) => ConnectAsync(path, cancellationToken) };
            using var channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { HttpHandler = handler });

            var response = await new Peer.PeerClient(channel).EchoAsync(new Note { Number = 4 });

            Assert.Equal(4, response.Number);
            Assert.Equal("unix:", peer);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
