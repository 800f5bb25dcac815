using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Grpc.Tests.Serving;

/// <summary>What clients see of a server that stops as a program does.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task Stop_UnaryCallRuns_ItFinishesAndTheClientWasToldToGoAway()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await GrpcHost.StartAsync(new ScriptedPeer
        {
            OnEcho = async (note, _) =>
            {
                begun.SetResult();
                await finish.Task;
                return note;
            },
        });
        await using var tap = WireTap.Start(new Uri(host.Address).Port);
        using var channel = GrpcChannel.ForAddress(tap.Address);
        var client = new Peer.PeerClient(channel);
        var call = client.EchoAsync(new Note { Number = 7 }).ResponseAsync;
        await begun.Task;

        var stopping = host.StopAsync();
        await SeenAsync(tap, WireFrame.GoAway);
        Assert.False(stopping.IsCompleted);
        finish.SetResult();

        Assert.Equal(7, (await call).Number);
        await stopping;
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => client.EchoAsync(new Note()).ResponseAsync)).StatusCode);
    }

    [Fact]
    public async Task Stop_StreamWhoseHandlerHeedsIt_EndsWithItsStatus()
    {
        IHostApplicationLifetime? lifetime = null;
        await using var host = await GrpcHost.StartAsync(
            application =>
            {
                lifetime = application.Lifetime;
                application.MapGrpcService<ScriptedPeer>();
            },
            services: services => services.AddInstance(new ScriptedPeer
            {
                OnCount = async (note, responses, context) =>
                {
                    await responses.WriteAsync(note);
                    var stopped = new TaskCompletionSource();
                    using var registration = lifetime!.ApplicationStopping.Register(stopped.SetResult);
                    await stopped.Task.WaitAsync(context.CancellationToken);
                    throw new RpcException(new Status(StatusCode.Unavailable, "The server stops."));
                },
            }));
        using var channel = GrpcChannel.ForAddress(host.Address);
        using var call = new Peer.PeerClient(channel).Count(new Note());
        Assert.True(await call.ResponseStream.MoveNext());

        await host.StopAsync();
        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal((StatusCode.Unavailable, "The server stops."), (failure.StatusCode, failure.Status.Detail));
    }

    [Fact]
    public async Task Stop_StreamWhoseHandlerDoesNotHeedIt_IsUnavailableAfterTheShutdownTimeout()
    {
        await using var host = await GrpcHost.StartAsync(
            services: services => services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1)));
        using var channel = GrpcChannel.ForAddress(host.Address);
        using var call = new Peer.PeerClient(channel).Count(new Note { Number = 1, Text = "wait" });
        Assert.True(await call.ResponseStream.MoveNext());

        await host.StopAsync();
        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        await host.Cancelled.First;
    }

    private static async Task SeenAsync(WireTap tap, int frameType)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (!tap.Frames.Any(frame => frame.Type == frameType && !frame.IsFromClient))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit.Token);
        }
    }
}
