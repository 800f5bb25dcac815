using System.Net.Sockets;
using Harness.Agent.Hosting;
using Harness.Agent.Launching;
using Harness.Agent.Logs;
using Harness.Agent.Services;
using Harness.Agent.Workloads;
using Harness.Agent.Workloads.Linux;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Harness.Agent;

/// <summary>
/// A running agent: its services on its endpoints, and the application that it runs. Owns everything below it; stopping it drains.
/// Thread-safe.
/// </summary>
public sealed class AgentServer : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(29);
    private readonly WebApplication _application;
    private readonly StateDirectory _directory;

    private AgentServer(WebApplication application, StateDirectory directory)
    {
        _application = application;
        _directory = directory;
    }

    /// <summary>Where the agent listens, with the real ports: http://127.0.0.1:8200, or http://unix:/path.</summary>
    public IReadOnlyCollection<string> Addresses =>
        [.. _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    /// <summary>For the agent's own tests.</summary>
    internal IServiceProvider Services => _application.Services;

    /// <summary>
    /// Starts an agent; it serves once the task completes. Throws <see cref="AgentStartException"/> when a port is taken, an address
    /// is not this machine's, or the state directory cannot be used.
    /// </summary>
    public static async Task<AgentServer> StartAsync(
        AgentOptions options, TimeProvider timeProvider, Action<ILoggingBuilder> logging, CancellationToken cancellationToken)
    {
        var directory = OpenState(options.StateDirectory);
        var server = new AgentServer(Build(options, directory, timeProvider, logging), directory);
        try
        {
            RemoveStaleSockets(options);
            await server._application.StartAsync(cancellationToken);
            return server;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await server.DisposeAsync();
            var reason = exception.GetBaseException().Message;
            throw new AgentStartException($"cannot listen on {string.Join(" and ", options.Listen)}: {reason}; choose another with --listen", exception);
        }
    }

    /// <summary>Drains: NOT_SERVING, the application ended, streams ended; then closes the ports. At most 30 s.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _application.StopAsync(cancellationToken);

    /// <summary>Completes once the agent has stopped, by a signal or by <see cref="StopAsync"/>.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _application.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _directory.Dispose();
    }

    private static StateDirectory OpenState(string path)
    {
        try
        {
            return StateDirectory.Open(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AgentStartException(
                $"cannot use the state directory {path}: {exception.Message} Give another with --state-dir, and one agent each.", exception);
        }
    }

    private static WebApplication Build(
        AgentOptions options, StateDirectory directory, TimeProvider timeProvider, Action<ILoggingBuilder> logging)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "vkvm-agent" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options.Listen));
        logging(builder.Logging);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        if (!options.HandleSignals)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, EmbeddedLifetime>());
        }

        AddAgent(builder.Services, directory, timeProvider);
        var application = builder.Build();
        application.MapGrpcService<LifecycleService>();
        application.MapGrpcService<HealthService>();
        application.MapGrpcService<LogsService>();
        return application;
    }

    private static void AddAgent(IServiceCollection services, StateDirectory directory, TimeProvider timeProvider)
    {
        services.AddSingleton(timeProvider);
        services.AddGrpc();
        services.AddSingleton(directory);
        services.AddSingleton(LogLimits.Default);
        services.AddSingleton<LogStore>();
        services.AddSingleton(provider => new WorkloadRecords(directory.Workloads, provider.GetRequiredService<ILogger<WorkloadRecords>>()));
        services.AddSingleton<IWorkloadRuntime, ProcessRuntime>();
        services.AddSingleton(provider => new PodTranslator(provider.GetRequiredService<IWorkloadRuntime>().Abilities));
        services.AddSingleton<ApplicationFile>();
        services.AddSingleton<StatusBoard>();
        services.AddSingleton<ServingState>();
        services.AddSingleton<HandlerRunner>();
        services.AddSingleton<ApplicationRunner>();
        services.AddSingleton<LifecycleService>();
        services.AddSingleton<HealthService>();
        services.AddSingleton<LogsService>();
        services.AddHostedService<AgentLifecycle>();
    }

    private static void Listen(KestrelServerOptions kestrel, IReadOnlyList<AgentEndpoint> endpoints)
    {
        kestrel.AddServerHeader = false;
        foreach (var endpoint in endpoints)
        {
            if (endpoint.SocketPath is { } path)
            {
                kestrel.ListenUnixSocket(path, listen => listen.Protocols = HttpProtocols.Http2);
            }
            else
            {
                kestrel.Listen(endpoint.Address!, listen => listen.Protocols = HttpProtocols.Http2);
            }
        }
    }

    /// <summary>A killed agent leaves its socket file behind; one that no one answers on is removed.</summary>
    private static void RemoveStaleSockets(AgentOptions options)
    {
        foreach (var path in options.Listen.Select(endpoint => endpoint.SocketPath).OfType<string>().Where(File.Exists))
        {
            try
            {
                using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                probe.Connect(new UnixDomainSocketEndPoint(path));
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
            {
                File.Delete(path);
            }
        }
    }
}
