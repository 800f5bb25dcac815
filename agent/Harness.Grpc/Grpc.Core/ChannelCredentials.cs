namespace Grpc.Core;

/// <summary>
/// Whether a channel is to be encrypted, as a check against its address: https or http. Certificates are set on the
/// HTTP handler.
/// </summary>
public abstract class ChannelCredentials
{
    private protected ChannelCredentials(bool isSecure)
    {
        IsSecure = isSecure;
    }

    /// <summary>For http addresses.</summary>
    public static ChannelCredentials Insecure { get; } = new AddressCredentials(isSecure: false);

    /// <summary>For https addresses.</summary>
    public static ChannelCredentials SecureSsl { get; } = new AddressCredentials(isSecure: true);

    internal bool IsSecure { get; }

    private sealed class AddressCredentials(bool isSecure) : ChannelCredentials(isSecure);
}
