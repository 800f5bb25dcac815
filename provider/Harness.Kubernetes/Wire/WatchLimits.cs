namespace Harness.Kubernetes.Wire;

/// <summary>What a watch may do, and the name under which its failures are told.</summary>
internal sealed record WatchLimits(string Request, TimeSpan? IdleTimeout, long MaxEventBytes);
