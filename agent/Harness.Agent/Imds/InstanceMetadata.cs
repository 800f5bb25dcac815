using System.Net;
using System.Text;

namespace Harness.Agent.Imds;

/// <summary>What the agent asks the metadata service for, by its paths there. Every member throws ImdsException when it cannot be had. Thread-safe.</summary>
internal sealed class InstanceMetadata(ImdsClient client)
{
    public async Task<InstanceFacts> ReadFactsAsync(CancellationToken cancellationToken)
    {
        var id = await RequiredTextAsync("latest/meta-data/instance-id", cancellationToken);
        var address = await RequiredTextAsync("latest/meta-data/local-ipv4", cancellationToken);
        return new InstanceFacts(id, IPAddress.TryParse(address, out var parsed)
            ? parsed
            : throw new ImdsException($"latest/meta-data/local-ipv4 is no address: \"{address}\"", isTransient: false));
    }

    /// <summary>As the instance sees it; null when it was launched without any.</summary>
    public Task<byte[]?> ReadUserDataAsync(CancellationToken cancellationToken) => client.ReadAsync("latest/user-data", cancellationToken);

    /// <summary>Byte for byte: its signature covers exactly these.</summary>
    public Task<byte[]> ReadIdentityDocumentAsync(CancellationToken cancellationToken) =>
        RequiredAsync("latest/dynamic/instance-identity/document", cancellationToken);

    /// <summary>PKCS#7 in base64, without the lines of PEM.</summary>
    public Task<byte[]> ReadIdentitySignatureAsync(CancellationToken cancellationToken) =>
        RequiredAsync("latest/dynamic/instance-identity/rsa2048", cancellationToken);

    private async Task<string> RequiredTextAsync(string path, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await RequiredAsync(path, cancellationToken)).Trim();

    private async Task<byte[]> RequiredAsync(string path, CancellationToken cancellationToken) =>
        await client.ReadAsync(path, cancellationToken) ?? throw new ImdsException($"the metadata service has no {path}", isTransient: true);
}
