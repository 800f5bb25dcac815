using Harness.Provider.Lifecycle;

namespace Harness.Provider.Runtime;

/// <summary>
/// Performs the core's effects. Implementations turn every expected failure into the effect's own result event. Thread-safe.
/// </summary>
internal interface IPodEffects
{
    /// <returns>The result, or null where the effect has none.</returns>
    Task<PodEvent?> PerformAsync(PodWorker worker, PodEffect effect, CancellationToken cancellationToken);

    /// <summary>The pod is gone: whatever is still held for it is let go.</summary>
    Task ForgetAsync(PodWorker worker);
}
