using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Harness.Agent;

/// <summary>Where an agent listens: an IP address and port (0: any free one), or a unix socket.</summary>
public sealed record AgentEndpoint
{
    private const string UnixPrefix = "unix:";

    private AgentEndpoint(IPEndPoint? address, string? socketPath)
    {
        Address = address;
        SocketPath = socketPath;
    }

    /// <summary>Null for a unix socket.</summary>
    public IPEndPoint? Address { get; }

    /// <summary>Null for an IP address.</summary>
    public string? SocketPath { get; }

    public static AgentEndpoint Tcp(IPEndPoint address) => new(address, null);

    public static AgentEndpoint UnixSocket(string path) => new(null, path);

    /// <summary>Reads IP:PORT, [IPv6]:PORT or unix:/path. False, and what is wrong, when the text is none of them.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AgentEndpoint? endpoint, out string problem)
    {
        endpoint = null;
        problem = "";
        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal))
        {
            var path = text[UnixPrefix.Length..];
            endpoint = path.StartsWith('/') ? UnixSocket(path) : null;
            problem = endpoint is null ? $"\"{text}\" has no absolute path; write unix:/path/to/socket" : "";
            return endpoint is not null;
        }

        // Without a port the parser would take port 0 in silence.
        var hasPort = text.LastIndexOf(':') > text.LastIndexOf(']') && text.Contains(':');
        endpoint = hasPort && IPEndPoint.TryParse(text, out var address) ? Tcp(address) : null;
        problem = endpoint is null ? $"\"{text}\" is no address; write IP:PORT (such as 127.0.0.1:8200) or unix:/path/to/socket" : "";
        return endpoint is not null;
    }

    public override string ToString() => SocketPath is null ? Address!.ToString() : UnixPrefix + SocketPath;
}
