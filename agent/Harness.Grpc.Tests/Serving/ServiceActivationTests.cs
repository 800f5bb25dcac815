using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.Tests.Serving;

/// <summary>Which object serves a call, and when it is disposed.</summary>
public sealed class ServiceActivationTests
{
    [Fact]
    public async Task Call_Unregistered_HasAnObjectOfItsOwnThatEndsWithIt()
    {
        var lives = new Lives();
        await CallTwiceAsync(services => services.AddSingleton(lives));

        Assert.Equal((2, 2), (lives.Created, lives.Disposed));
    }

    [Fact]
    public async Task Call_Scoped_HasAnObjectOfItsOwnThatEndsWithIt()
    {
        var lives = new Lives();
        await CallTwiceAsync(services => services.AddSingleton(lives).AddScoped<LivingService>());

        Assert.Equal((2, 2), (lives.Created, lives.Disposed));
    }

    [Fact]
    public async Task Call_Singleton_SharesTheObject()
    {
        var lives = new Lives();
        await CallTwiceAsync(
            services => services.AddSingleton(lives).AddSingleton<LivingService>(), () => Assert.Equal((1, 0), (lives.Created, lives.Disposed)));

        Assert.Equal((1, 1), (lives.Created, lives.Disposed));
    }

    [Fact]
    public async Task Map_WithoutAddGrpc_SaysSo()
    {
        await using var application = WebApplication.CreateSlimBuilder().Build();

        var failure = Assert.Throws<InvalidOperationException>(() => application.MapGrpcService<PeerService>());

        Assert.Contains("AddGrpc", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_NoService_SaysSo()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddGrpc();
        await using var application = builder.Build();

        Assert.Throws<InvalidOperationException>(() => application.MapGrpcService<Lives>());
    }

    private static async Task CallTwiceAsync(Action<IServiceCollection> services, Action? check = null)
    {
        await using (var host = await GrpcHost.StartAsync(application => application.MapGrpcService<LivingService>(), services: services))
        {
            using var channel = GrpcChannel.ForAddress(host.Address);
            var client = new Peer.PeerClient(channel);
            await client.EchoAsync(new Note());
            await client.EchoAsync(new Note());
            check?.Invoke();
        }
    }

    private sealed class Lives
    {
        private int _created;
        private int _disposed;

        public int Created => _created;

        public int Disposed => _disposed;

        public void Begin() => Interlocked.Increment(ref _created);

        public void End() => Interlocked.Increment(ref _disposed);
    }

    private sealed class LivingService : Peer.PeerBase, IAsyncDisposable
    {
        private readonly Lives _lives;

        public LivingService(Lives lives)
        {
            _lives = lives;
            lives.Begin();
        }

        public override Task<Note> Echo(Note request, ServerCallContext context) => Task.FromResult(request);

        public ValueTask DisposeAsync()
        {
            _lives.End();
            return ValueTask.CompletedTask;
        }
    }
}
