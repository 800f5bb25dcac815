using System.Net;
using Harness.Simulator.Composition;
using Harness.Simulator.Fronting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Control;

/// <summary>
/// The simulator's own HTTP endpoint, on the first address of its block. Holding it is what makes the block this
/// simulator's: another one that wants the same block finds the port taken and goes on to the next.
/// </summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ControlServer(WebApplication application, AddressBlock block, int port)
    {
        _application = application;
        Block = block;
        Endpoint = new Uri($"http://{block.ControlAddress}:{port}");
    }

    public AddressBlock Block { get; }

    public Uri Endpoint { get; }

    /// <summary>Takes the first free block at or after <paramref name="first"/> and answers there.</summary>
    /// <exception cref="SimulatorStartException">Every block is taken.</exception>
    public static async Task<ControlServer> ClaimBlockAsync(
        AddressBlock first, bool onlyThat, int port, Func<SimulatorStatus> status, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        const int Blocks = 254;
        for (var offset = 0; offset < (onlyThat ? 1 : Blocks); offset++)
        {
            var block = new AddressBlock(((first.Number - 1 + offset) % Blocks) + 1);
            if (await TryStartAsync(block, port, status, loggers, cancellationToken) is { } server)
            {
                return server;
            }
        }

        throw new SimulatorStartException(onlyThat
            ? $"The block {first} is taken: port {port} of {first.ControlAddress} is in use. Leave --block out to take any free one."
            : $"No block of 127.0.0.0/8 is free: port {port} is in use on the first address of each. Choose another with --control-port.");
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static async Task<ControlServer?> TryStartAsync(
        AddressBlock block, int port, Func<SimulatorStatus> status, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(new IPEndPoint(block.ControlAddress, port)));
        var application = builder.Build();
        application.UseRouting();
        application.MapGet("/healthz", context => context.Response.WriteAsync("ok"));
        application.MapGet("/status", context => context.Response.WriteAsJsonAsync(status(), SimulatorStatus.Format, context.RequestAborted));
        try
        {
            await application.StartAsync(cancellationToken);
            return new ControlServer(application, block, port);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await application.DisposeAsync();
            return null;
        }
    }

    /// <summary>The server lives as long as its owner says; Ctrl-C and SIGTERM are the owner's to hear.</summary>
    private sealed class OwnedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
