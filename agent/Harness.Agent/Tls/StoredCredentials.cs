using System.Text.Json.Serialization;

namespace Harness.Agent.Tls;

/// <summary>The lifecycle port's credentials as they rest on disk.</summary>
internal sealed record StoredCredentials
{
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    /// <summary>The instance that they were given to: a copy of its disk is not it.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Where the port was, for a start at which IMDS does not answer.</summary>
    public required string Address { get; init; }

    public required string CertificateChain { get; init; }

    public required string PrivateKey { get; init; }

    public required string ClientAuthorities { get; init; }

    /// <summary>Without the key, wherever it may be printed.</summary>
    public override string ToString() => $"credentials of {InstanceId}";
}

/// <summary>JSON of <see cref="StoredCredentials"/> without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StoredCredentials))]
internal sealed partial class StoredCredentialsJson : JsonSerializerContext;
