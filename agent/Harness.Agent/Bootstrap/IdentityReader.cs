using Harness.Agent.Imds;

namespace Harness.Agent.Bootstrap;

/// <summary>Reads the instance's identity anew each time, so that it is the one of now. Thread-safe.</summary>
internal sealed class IdentityReader(InstanceMetadata metadata, SigningCertificates certificates, TimeProvider timeProvider)
{
    /// <summary>A caller is told within 5 s that the metadata service is down.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    /// <exception cref="ImdsException">The metadata service does not answer.</exception>
    public async Task<InstanceIdentity> ReadAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var document = await metadata.ReadIdentityDocumentAsync(either.Token);
            var signature = await metadata.ReadIdentitySignatureAsync(either.Token);
            return new InstanceIdentity(document, signature, certificates.SignerOf(signature));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ImdsException($"the metadata service did not give the identity within {Limit.TotalSeconds:0} s", isTransient: true);
        }
    }
}
