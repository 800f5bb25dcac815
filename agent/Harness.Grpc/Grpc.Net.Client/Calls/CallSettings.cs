using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client.Calls;

/// <summary>What all calls of a channel share. An immutable value.</summary>
internal sealed record CallSettings(
    Uri Address, int? MaxSendMessageSize, int? MaxReceiveMessageSize, TimeProvider TimeProvider, ILogger Logger)
{
    public CallCredentials? Credentials { get; init; }

    /// <summary>Whether calls over http show credentials too.</summary>
    public bool ShowsCredentialsInClear { get; init; }

    public bool ShowsCredentials => ShowsCredentialsInClear || Address.Scheme == Uri.UriSchemeHttps;
}
