using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Harness.Agent.Serving;

/// <summary>
/// How much a port takes from one client and from all: connections, streams, headers, bytes on their way. What is beyond is refused, so that
/// no client can keep the agent from serving others. Messages have gRPC's limit of 4 MiB.
/// </summary>
internal static class PortLimits
{
    private const int Kibibyte = 1024;

    public static void Apply(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = 4096;
        limits.MaxRequestHeaderCount = 100;
        limits.MaxRequestHeadersTotalSize = 32 * Kibibyte;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.Http2.MaxStreamsPerConnection = 100;
        limits.Http2.MaxFrameSize = 16 * Kibibyte;
        limits.Http2.MaxRequestHeaderFieldSize = 16 * Kibibyte;
        limits.Http2.HeaderTableSize = 4 * Kibibyte;
        // What a connection's calls have sent and the agent has not read is held in memory: thousands of connections must fit.
        limits.Http2.InitialConnectionWindowSize = 512 * Kibibyte;
        limits.Http2.InitialStreamWindowSize = 256 * Kibibyte;
        // A client that vanished without a word is found within a minute, and its watches end.
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
    }
}
