using Harness.Agent.Applications;
using Harness.Agent.Hosting;

namespace Harness.Agent.Sessions;

/// <summary>Waits for the end of one run of a container, as the application's state tells it. Thread-safe.</summary>
internal sealed class RunEnds(ApplicationRunner runner, StatusBoard board)
{
    /// <summary>Null when the pod is gone, so that how the run ended cannot be told any more.</summary>
    public async Task<ContainerEnd?> WaitAsync(WorkloadKey key, CancellationToken cancellationToken)
    {
        using var changes = board.Subscribe();
        while (true)
        {
            while (changes.TryTake() is not null)
            {
            }

            var container = runner.State.Containers.FirstOrDefault(candidate =>
                candidate.Key.PodUid == key.PodUid && candidate.Key.Container == key.Container);
            if (container is null || container.Key.Run > key.Run + 1)
            {
                return null;
            }

            if (EndOf(container, key) is { } end)
            {
                return end;
            }

            await changes.WaitAsync(cancellationToken);
        }
    }

    /// <summary>While a container waits for its next run, and during it, the run before stands in LastEnd.</summary>
    private static ContainerEnd? EndOf(ContainerState container, WorkloadKey key) =>
        container.Key == key ? container.End ?? (container.IsAlive ? null : container.LastEnd) : container.LastEnd;
}
