namespace Harness.Agent.Tls;

/// <summary>What a port shows, and whose clients it accepts. Immutable.</summary>
internal sealed record PortCredentials(ServerCertificate Certificate, ClientAuthorities Authorities);
