using Grpc.Core;
using Grpc.Wire;
using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client;

/// <summary>How a channel calls its server. Read once, when the channel is made.</summary>
public sealed class GrpcChannelOptions
{
    /// <summary>Must fit the address, when set: SecureSsl for https, Insecure for http.</summary>
    public ChannelCredentials? Credentials { get; set; }

    /// <summary>True: calls over http show their credentials too, for anyone on the way to read; otherwise they leave them out, and a warning is logged.</summary>
    public bool UnsafeUseInsecureChannelCallCredentials { get; set; }

    /// <summary>Bytes; null (the default): no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>Bytes; null: no limit. Default 4 MiB.</summary>
    public int? MaxReceiveMessageSize { get; set; } = WellKnown.DefaultMaxReceiveMessageSize;

    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>The client to call through, instead of <see cref="HttpHandler"/>.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>
    /// The handler to call through: client certificates, verification of the server's, or a ConnectCallback (unix
    /// sockets) are set on it. Without one the channel makes a SocketsHttpHandler that uses no proxy.
    /// </summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Whether the channel disposes the given <see cref="HttpClient"/> or <see cref="HttpHandler"/>; its own it always does.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>Where the channel looks for a <see cref="TimeProvider"/> (deadlines); without one it is the system's.</summary>
    public IServiceProvider? ServiceProvider { get; set; }
}
