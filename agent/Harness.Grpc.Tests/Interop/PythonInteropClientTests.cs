namespace Grpc.Tests.Interop;

/// <summary>grpcio's client and our server.</summary>
public sealed class PythonInteropClientTests(PythonInteropClientRun run) : IClassFixture<PythonInteropClientRun>
{
    [SkippableTheory]
    [MemberData(nameof(InteropCases.All), MemberType = typeof(InteropCases))]
    public async Task Client_OfPython_PassesTheCase(string name) => Assert.Equal("ok", await run.ResultAsync(name));
}
