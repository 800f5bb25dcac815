using Grpc.Tests.Hosting;

namespace Grpc.Tests.Interop;

/// <summary>Our client and grpc-go's server, which compresses the responses of a call whose request came compressed.</summary>
public sealed class GoInteropServerTests(GoInteropServer server) : InteropServerContract, IClassFixture<GoInteropServer>
{
    private protected override bool IsJudgeOfRequests => true;

    private protected override ResponseCompression Responses => ResponseCompression.LikeTheRequest;

    private protected override WireTap Tap => server.Tap!;

    private protected override Task<string> StartServerAsync() => server.StartAsync();
}
