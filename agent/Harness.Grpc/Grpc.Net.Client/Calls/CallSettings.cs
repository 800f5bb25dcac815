using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client.Calls;

/// <summary>What all calls of a channel share. An immutable value.</summary>
internal sealed record CallSettings(
    Uri Address, int? MaxSendMessageSize, int? MaxReceiveMessageSize, TimeProvider TimeProvider, ILogger Logger);
