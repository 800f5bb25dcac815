using System.Net;

namespace Harness.Simulator.Kubernetes;

/// <summary>How an embedded cluster is to be.</summary>
public sealed record EmbeddedClusterOptions
{
    /// <summary>Where the API listens; port 0 takes a free one.</summary>
    public IPEndPoint ListenOn { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Directory that keeps the certificate authority over restarts; null keeps it in memory.</summary>
    public string? CertificateDirectory { get; init; }

    /// <summary>Seed of every identifier that the server makes up: uids, suffixes of names, tokens.</summary>
    public required int Seed { get; init; }

    /// <summary>Writes to each resource that a watch can still read, at most.</summary>
    public int WatchWindow { get; init; } = Storage.ObjectStore.DefaultWindowCapacity;

    /// <summary>Writes that the audit log holds.</summary>
    public int AuditCapacity { get; init; } = 100_000;

    /// <summary>Bearer tokens that are known from the start, and whose they are.</summary>
    public IReadOnlyDictionary<string, Identity.UserIdentity> Tokens { get; init; } = new Dictionary<string, Identity.UserIdentity>();
}
