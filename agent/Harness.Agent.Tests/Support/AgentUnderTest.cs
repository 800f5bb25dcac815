using Harness.Testing;
using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Harness.Agent.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Harness.Agent.Tests.Support;

/// <summary>An agent in this process on a free port, its clients, and its state directory; all gone with it.</summary>
internal sealed class AgentUnderTest : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly AgentServer _server;
    private readonly GrpcChannel _channel;

    private AgentUnderTest(TemporaryFolder folder, AgentServer server)
    {
        _folder = folder;
        _server = server;
        _channel = GrpcChannel.ForAddress(server.Addresses.First());
        Client = new AgentClient(_channel);
    }

    public AgentClient Client { get; }

    public ChannelBase Channel => _channel;

    public string StateDirectory => Path.Combine(_folder.Path, "state");

    public AgentServer Server => _server;

    public T Service<T>() where T : notnull => _server.Services.GetRequiredService<T>();

    public static async Task<AgentUnderTest> StartAsync()
    {
        var folder = new TemporaryFolder();
        var options = new AgentOptions
        {
            Listen = [AgentEndpoint.Tcp(new IPEndPoint(IPAddress.Loopback, 0))],
            StateDirectory = Path.Combine(folder.Path, "state"),
            EndWorkloadsOnStop = true,
        };
        return new AgentUnderTest(folder, await AgentServer.StartAsync(options, TimeProvider.System, _ => { }, CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        // A test may have stopped it already; stopping again is nothing. The drain kills what ignores SIGTERM late, so ask here first.
        if (!Service<ServingState>().Draining.IsCancellationRequested)
        {
            await Client.TerminateAsync(graceSeconds: 0);
            await Client.WaitForEndAsync();
        }

        _channel.Dispose();
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        _folder.Dispose();
    }
}
