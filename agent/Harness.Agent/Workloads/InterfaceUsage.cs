namespace Harness.Agent.Workloads;

/// <summary>The counters of one network interface.</summary>
internal sealed record InterfaceUsage(string Name, long ReceivedBytes, long ReceiveErrors, long SentBytes, long SendErrors);
