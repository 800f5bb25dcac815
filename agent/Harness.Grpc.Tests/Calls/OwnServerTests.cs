using Grpc.Tests.Hosting;

namespace Grpc.Tests.Calls;

/// <summary>Our client and our server.</summary>
public sealed class OwnServerTests : ServerContract, IAsyncLifetime
{
    private GrpcHost? _host;

    public async Task InitializeAsync() => _host = await GrpcHost.StartAsync();

    public async Task DisposeAsync() => await _host!.DisposeAsync();

    private protected override Task<string> StartServerAsync() => Task.FromResult(_host!.Address);
}
