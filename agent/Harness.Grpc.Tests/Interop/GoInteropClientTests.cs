namespace Grpc.Tests.Interop;

/// <summary>grpc-go's client and our server.</summary>
public sealed class GoInteropClientTests(GoInteropClientRun run) : IClassFixture<GoInteropClientRun>
{
    [SkippableTheory]
    [MemberData(nameof(InteropCases.All), MemberType = typeof(InteropCases))]
    public async Task Client_OfGo_PassesTheCase(string name) => Assert.Equal("ok", await run.ResultAsync(name));
}
