using System.Net.Sockets;
using Harness.Agent.Bootstrap;
using Harness.Agent.Hosting;
using Harness.Agent.Imds;
using Harness.Agent.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Harness.Agent;

/// <summary>
/// A running agent: its services, its ports, and the application that it runs. Owns everything below it; stopping it drains.
/// Thread-safe.
/// </summary>
public sealed class AgentServer : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(29);
    private readonly IHost _host;
    private readonly StateDirectory _directory;

    private AgentServer(IHost host, StateDirectory directory)
    {
        _host = host;
        _directory = directory;
    }

    /// <summary>
    /// Where the agent serves its lifecycle, with the real ports: http://127.0.0.1:8200, https://… with mutual TLS, or http://unix:/path. Empty while it
    /// waits for its bootstrap.
    /// </summary>
    public IReadOnlyCollection<string> Addresses => Services.GetRequiredService<LifecyclePort>().Addresses;

    /// <summary>Where the agent serves AgentBootstrap: https://127.0.0.1:8300. Empty before, after, and without it.</summary>
    public IReadOnlyCollection<string> BootstrapAddresses => Services.GetService<BootstrapPort>()?.Addresses ?? [];

    /// <summary>For the agent's own tests.</summary>
    internal IServiceProvider Services => _host.Services;

    /// <summary>
    /// Starts an agent; once the task completes it serves, or waits for its bootstrap. Throws <see cref="AgentStartException"/> when a port is taken, an
    /// address is not this machine's, the metadata service or the user data does not do, or the state directory cannot be used.
    /// </summary>
    public static async Task<AgentServer> StartAsync(
        AgentOptions options, TimeProvider timeProvider, Action<ILoggingBuilder> logging, CancellationToken cancellationToken)
    {
        var directory = OpenState(options.StateDirectory);
        var server = new AgentServer(Build(options, directory, timeProvider, logging), directory);
        try
        {
            await server._host.StartAsync(cancellationToken);
            return server;
        }
        catch (Exception exception)
        {
            await server.DisposeAsync();
            if (StartProblem(options, exception) is { } problem)
            {
                throw new AgentStartException(problem, exception);
            }

            throw;
        }
    }

    /// <summary>Drains: NOT_SERVING, the application ended, streams ended; then closes the ports. At most 30 s.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _host.StopAsync(cancellationToken);

    /// <summary>Completes once the agent has stopped, by a signal or by <see cref="StopAsync"/>.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _host.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)_host).DisposeAsync();
        _directory.Dispose();
    }

    private static string? StartProblem(AgentOptions options, Exception exception) => exception switch
    {
        ImdsException => $"cannot bootstrap: {exception.Message}; is this an EC2 instance? Give another endpoint with --imds, or serve with --listen",
        UserDataException => $"cannot bootstrap: {exception.Message}",
        IOException or SocketException => options.Bootstrap is null
            ? $"cannot listen on {string.Join(" and ", options.Listen)}: {exception.GetBaseException().Message}; choose another with --listen"
            : $"cannot serve: {exception.GetBaseException().Message}; choose others with --address, --port and --bootstrap-port",
        _ => null,
    };

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

    private static IHost Build(AgentOptions options, StateDirectory directory, TimeProvider timeProvider, Action<ILoggingBuilder> logging)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "vkvm-agent" });
        logging(builder.Logging);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        if (!options.HandleSignals)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, EmbeddedLifetime>());
        }

        builder.Services.AddAgent(options, directory, timeProvider);
        return builder.Build();
    }
}
