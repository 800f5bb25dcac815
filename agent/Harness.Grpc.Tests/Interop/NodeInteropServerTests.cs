using Grpc.Tests.Hosting;

namespace Grpc.Tests.Interop;

/// <summary>Our client and grpc-js's server, which compresses nothing and whose handlers do not learn whether a request came compressed.</summary>
public sealed class NodeInteropServerTests(NodeInteropServer server) : InteropServerContract, IClassFixture<NodeInteropServer>
{
    private protected override bool IsJudgeOfRequests => false;

    private protected override ResponseCompression Responses => ResponseCompression.None;

    private protected override WireTap Tap => server.Tap!;

    private protected override Task<string> StartServerAsync() => server.StartAsync();
}
