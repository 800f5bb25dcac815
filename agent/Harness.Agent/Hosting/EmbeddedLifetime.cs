using Microsoft.Extensions.Hosting;

namespace Harness.Agent.Hosting;

/// <summary>The lifetime of an agent inside another program: signals are that program's business.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
