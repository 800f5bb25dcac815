using Grpc.Tests.Hosting;

namespace Grpc.Tests.Interop;

/// <summary>Our client and our server.</summary>
public sealed class OwnInteropServerTests : InteropServerContract, IAsyncLifetime
{
    private GrpcHost? _host;
    private WireTap? _tap;

    private protected override bool IsJudgeOfRequests => true;

    private protected override ResponseCompression Responses => ResponseCompression.EachMessage;

    private protected override WireTap Tap => _tap!;

    public async Task InitializeAsync()
    {
        _host = await InteropHost.StartAsync();
        _tap = WireTap.Start(new Uri(_host.Address).Port);
    }

    public async Task DisposeAsync()
    {
        await _tap!.DisposeAsync();
        await _host!.DisposeAsync();
    }

    private protected override Task<string> StartServerAsync() => Task.FromResult(_tap!.Address);
}
