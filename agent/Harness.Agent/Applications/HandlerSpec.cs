using System.Collections.Immutable;

namespace Harness.Agent.Applications;

/// <summary>What a probe or hook does: run a command, send an HTTP request, open a connection, or wait.</summary>
internal abstract record HandlerSpec
{
    public sealed record Exec(ImmutableArray<string> CommandLine) : HandlerSpec;

    public sealed record HttpGet(Uri Url, ImmutableArray<KeyValuePair<string, string>> Headers) : HandlerSpec;

    public sealed record TcpSocket(string Host, int Port) : HandlerSpec;

    /// <summary>grpc.health.v1 in plaintext.</summary>
    public sealed record Grpc(string Host, int Port, string Service) : HandlerSpec;

    public sealed record Sleep(TimeSpan Duration) : HandlerSpec;
}
