namespace Harness.Agent.Tls;

/// <summary>
/// The credentials that the lifecycle port serves with, in memory and on disk: none in plaintext, the restored ones after a restart, the
/// given ones after bootstrap, and the newest after a rotation. They are on disk before they are in use. Thread-safe.
/// </summary>
internal sealed class LifecycleCredentials(CredentialFile file, TimeProvider timeProvider) : IDisposable
{
    private readonly SemaphoreSlim _changing = new(1, 1);
    private volatile Installed? _installed;

    /// <summary>Null while the port is not secured.</summary>
    public PortCredentials? Current => _installed?.Credentials;

    public PortCredentials Required => Current ?? throw new InvalidOperationException("The lifecycle port has no credentials.");

    /// <summary>What an earlier run left. Throws IOException when it cannot be read.</summary>
    public StoredCredentials? Stored() => file.Load();

    /// <summary>Takes stored credentials into use. False, and what is wrong, when they cannot serve any more.</summary>
    public bool TryRestore(StoredCredentials stored, out string problem)
    {
        var certificate = ServerCertificate.TryParse(
            System.Text.Encoding.UTF8.GetBytes(stored.CertificateChain),
            System.Text.Encoding.UTF8.GetBytes(stored.PrivateKey),
            timeProvider.GetUtcNow(),
            out problem);
        if (certificate is null || ClientAuthorities.TryParse(stored.ClientAuthorities, out problem) is not { } authorities)
        {
            return false;
        }

        _installed = new Installed(new PortCredentials(certificate, authorities), stored);
        return true;
    }

    /// <summary>Puts the credentials that bootstrap brought on disk and into use. Throws IOException when they cannot be written.</summary>
    public async Task InstallAsync(PortCredentials credentials, string instanceId, string address)
    {
        await _changing.WaitAsync();
        try
        {
            var stored = new StoredCredentials
            {
                InstanceId = instanceId,
                Address = address,
                CertificateChain = credentials.Certificate.ChainPem,
                PrivateKey = credentials.Certificate.KeyPem,
                ClientAuthorities = credentials.Authorities.Pem,
            };
            file.Save(stored);
            _installed = new Installed(credentials, stored);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>
    /// Replaces the certificate, and the authorities where some are given. False: they were in use already. Throws IOException when they cannot be
    /// written, and nothing has changed then.
    /// </summary>
    public async Task<bool> RotateAsync(ServerCertificate certificate, ClientAuthorities? authorities)
    {
        await _changing.WaitAsync();
        try
        {
            var installed = _installed ?? throw new InvalidOperationException("The lifecycle port has no credentials to rotate.");
            var stored = installed.Stored with
            {
                CertificateChain = certificate.ChainPem,
                PrivateKey = certificate.KeyPem,
                ClientAuthorities = authorities?.Pem ?? installed.Stored.ClientAuthorities,
            };
            if (stored == installed.Stored)
            {
                return false;
            }

            file.Save(stored);
            _installed = new Installed(new PortCredentials(certificate, authorities ?? installed.Credentials.Authorities), stored);
            return true;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Forgets what an earlier run left, and what could not be taken into use.</summary>
    public void Discard()
    {
        file.Delete();
        _installed = null;
    }

    public void Dispose() => _changing.Dispose();

    private sealed record Installed(PortCredentials Credentials, StoredCredentials Stored);
}
