using Grpc.Core;
using Grpc.Net.Client.Calls;
using Microsoft.Extensions.Logging.Abstractions;

namespace Grpc.Net.Client;

/// <summary>
/// The way to one server over HTTP/2: TLS for https addresses, prior knowledge (h2c) for http. Connects with the first
/// call. Disposing it cancels the calls that still run. Thread-safe.
/// </summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly HttpSender _sender;
    private readonly CallSettings _settings;
    private readonly ActiveCalls _calls = new();

    private GrpcChannel(Uri address, GrpcChannelOptions options)
        : base(address.Authority)
    {
        ThrowIfUnsuitable(address, options);
        _sender = HttpSender.Create(options);
        _settings = new CallSettings(
            address,
            options.MaxSendMessageSize,
            options.MaxReceiveMessageSize,
            options.ServiceProvider?.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System,
            (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger("Grpc.Net.Client.GrpcChannel"))
        {
            Credentials = options.Credentials?.CallCredentials,
            ShowsCredentialsInClear = options.UnsafeUseInsecureChannelCallCredentials,
        };
    }

    public static GrpcChannel ForAddress(string address) => ForAddress(address, new GrpcChannelOptions());

    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        return ForAddress(new Uri(address), channelOptions);
    }

    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        return new GrpcChannel(address, channelOptions);
    }

    public override CallInvoker CreateCallInvoker()
    {
        ObjectDisposedException.ThrowIf(_calls.IsClosed, this);
        return new HttpCallInvoker(_sender, _settings, _calls);
    }

    public void Dispose()
    {
        if (_calls.Close())
        {
            _sender.Dispose();
        }
    }

    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }

    private static void ThrowIfUnsuitable(Uri address, GrpcChannelOptions options)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException($"The address '{address}' of a gRPC channel must begin with http:// or https://.", nameof(address));
        }

        if (options.HttpClient is not null && options.HttpHandler is not null)
        {
            throw new ArgumentException("Set HttpClient or HttpHandler on GrpcChannelOptions, not both.", nameof(options));
        }

        if (options.Credentials is { } credentials && credentials.IsSecure != (address.Scheme == Uri.UriSchemeHttps))
        {
            throw new InvalidOperationException(
                $"The channel credentials do not fit the address '{address}': SecureSsl is for https, Insecure for http.");
        }
    }
}
