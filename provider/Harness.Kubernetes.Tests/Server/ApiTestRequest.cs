namespace Harness.Kubernetes.Tests.Server;

/// <summary>One request as it came over the wire.</summary>
internal sealed record ApiTestRequest(
    string Method, string Target, string Protocol, IReadOnlyDictionary<string, string> Headers, byte[] Body, string? ClientName);
