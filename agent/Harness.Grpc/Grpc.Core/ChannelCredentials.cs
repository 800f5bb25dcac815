namespace Grpc.Core;

/// <summary>
/// Whether a channel is to be encrypted, as a check against its address (https or http; certificates are set on the HTTP
/// handler), and what its calls prove of their caller. Immutable.
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

    /// <summary>Credentials of every call of the channel, or null.</summary>
    internal virtual CallCredentials? CallCredentials => null;

    /// <summary>Channel credentials without call credentials, and call credentials.</summary>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials)
    {
        ArgumentNullException.ThrowIfNull(channelCredentials);
        ArgumentNullException.ThrowIfNull(callCredentials);
        return channelCredentials.CallCredentials is null
            ? new CompositeCredentials(channelCredentials.IsSecure, callCredentials)
            : throw new ArgumentException("The channel credentials hold call credentials already.", nameof(channelCredentials));
    }

    private sealed class AddressCredentials(bool isSecure) : ChannelCredentials(isSecure);

    private sealed class CompositeCredentials(bool isSecure, CallCredentials callCredentials) : ChannelCredentials(isSecure)
    {
        internal override CallCredentials? CallCredentials { get; } = callCredentials;
    }
}
