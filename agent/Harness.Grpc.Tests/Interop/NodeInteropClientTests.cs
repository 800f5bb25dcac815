namespace Grpc.Tests.Interop;

/// <summary>grpc-js's client and our server.</summary>
public sealed class NodeInteropClientTests(NodeInteropClientRun run) : IClassFixture<NodeInteropClientRun>
{
    [SkippableTheory]
    [MemberData(nameof(InteropCases.All), MemberType = typeof(InteropCases))]
    public async Task Client_OfNode_PassesTheCase(string name) => Assert.Equal("ok", await run.ResultAsync(name));
}
