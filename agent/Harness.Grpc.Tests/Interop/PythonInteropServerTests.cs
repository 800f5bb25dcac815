using Grpc.Tests.Hosting;

namespace Grpc.Tests.Interop;

/// <summary>Our client and grpcio's server, whose handlers do not learn whether a request came compressed.</summary>
public sealed class PythonInteropServerTests(PythonInteropServer server) : InteropServerContract, IClassFixture<PythonInteropServer>
{
    private protected override bool IsJudgeOfRequests => false;

    private protected override ResponseCompression Responses => ResponseCompression.EachMessage;

    private protected override WireTap Tap => server.Tap!;

    private protected override Task<string> StartServerAsync() => server.StartAsync();
}
