using Harness.Agent.Bootstrap;
using Microsoft.Extensions.Hosting;

namespace Harness.Agent.Serving;

/// <summary>
/// Opens the agent's ports when its host starts, after the recovery of what ran before, and closes them when it stops, after the drain. Called by the
/// host alone.
/// </summary>
internal sealed class AgentPorts(AgentOptions options, LifecyclePort lifecycle, BootstrapSequence? bootstrap = null) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => bootstrap is null
        ? lifecycle.OpenPlaintextAsync(options.Listen, cancellationToken)
        : bootstrap.RunAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(bootstrap?.StopAsync(cancellationToken) ?? Task.CompletedTask, lifecycle.StopAsync(cancellationToken));
}
