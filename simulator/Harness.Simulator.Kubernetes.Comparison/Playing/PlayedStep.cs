using Harness.Simulator.Kubernetes.Comparison.Requests;

namespace Harness.Simulator.Kubernetes.Comparison.Playing;

/// <summary>A step, what was sent for it, and what came back.</summary>
/// <param name="Step">The step.</param>
/// <param name="Target">Path and query as sent.</param>
/// <param name="Sent">The body as sent; empty when there was none.</param>
/// <param name="Answer">The answer.</param>
internal sealed record PlayedStep(Step Step, string Target, string Sent, RawAnswer Answer);
