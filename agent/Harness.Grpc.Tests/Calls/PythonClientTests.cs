using Grpc.Tests.Hosting;

namespace Grpc.Tests.Calls;

/// <summary>grpcio's client and our server.</summary>
public sealed class PythonClientTests(PythonClientRun run) : IClassFixture<PythonClientRun>
{
    [SkippableTheory]
    [MemberData(nameof(ClientContract.Cases), MemberType = typeof(ClientContract))]
    public async Task Client_OfPython_SeesWhatItShould(string name) => Assert.Equal("ok", await run.ResultAsync(name));
}
