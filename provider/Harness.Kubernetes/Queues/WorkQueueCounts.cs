namespace Harness.Kubernetes.Queues;

/// <summary>What a queue has seen, for metrics.</summary>
/// <param name="Ready">Keys that wait for a worker.</param>
/// <param name="Delayed">Keys that wait for their time.</param>
/// <param name="Processing">Keys that a worker has.</param>
/// <param name="Adds">Keys that became ready since the start, repeats of a waiting key not counted.</param>
/// <param name="Retries">Additions after a failure since the start.</param>
public readonly record struct WorkQueueCounts(int Ready, int Delayed, int Processing, long Adds, long Retries);
