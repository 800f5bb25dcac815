using Microsoft.Extensions.Hosting;

namespace Harness.Simulator.Ec2.Front;

/// <summary>
/// Lets the listener live as long as its owner says. The host's own lifetime would take Ctrl-C and SIGTERM for itself and end the emulated
/// EC2 before whoever composed it could end the instances.
/// </summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
