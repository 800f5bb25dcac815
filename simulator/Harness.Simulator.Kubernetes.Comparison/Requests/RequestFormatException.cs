namespace Harness.Simulator.Kubernetes.Comparison.Requests;

/// <summary>A file of requests that cannot be read; the message says where and why.</summary>
internal sealed class RequestFormatException(string file, string step, string why) : Exception($"{file}, step '{step}': {why}");
