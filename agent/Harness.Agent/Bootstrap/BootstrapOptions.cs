using System.Net;

namespace Harness.Agent.Bootstrap;

/// <summary>How an agent on a real instance opens its ports: the user data decides whether it bootstraps first.</summary>
public sealed record BootstrapOptions
{
    /// <summary>Where both ports are; null: the instance's primary private address, as the metadata service tells it.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The lifecycle port; 0 takes a free one.</summary>
    public int Port { get; init; } = 8200;

    /// <summary>The port of AgentBootstrap; 0 takes a free one.</summary>
    public int BootstrapPort { get; init; } = 8300;

    /// <summary>The base address of the instance metadata service.</summary>
    public Uri MetadataEndpoint { get; init; } = new("http://169.254.169.254");

    /// <summary>
    /// A PEM file of the certificates that sign identity documents (AWS publishes one for each region); the one that signed goes out with the
    /// identity. Null: only a certificate inside the signature itself can go out.
    /// </summary>
    public string? IdentityCertificates { get; init; }
}
