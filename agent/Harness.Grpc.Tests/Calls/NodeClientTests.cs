using Grpc.Tests.Hosting;

namespace Grpc.Tests.Calls;

/// <summary>grpc-js's client and our server.</summary>
public sealed class NodeClientTests(NodeClientRun run) : IClassFixture<NodeClientRun>
{
    [SkippableTheory]
    [MemberData(nameof(ClientContract.Cases), MemberType = typeof(ClientContract))]
    public async Task Client_OfNode_SeesWhatItShould(string name) => Assert.Equal("ok", await run.ResultAsync(name));
}
