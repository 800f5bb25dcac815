using System.Collections.Immutable;

namespace Harness.Agent.Applications;

/// <summary>What a probe or hook does: run a command, send an HTTP request, open a connection, or wait.</summary>
internal abstract record HandlerSpec
{
    public sealed record Exec(ImmutableArray<string> CommandLine) : HandlerSpec;

    public sealed record HttpGet(Uri Url, ImmutableArray<KeyValuePair<string, string>> Headers) : HandlerSpec;

    public sealed record TcpSocket(string Host, int Port) : HandlerSpec;

    public sealed record Sleep(TimeSpan Duration) : HandlerSpec;
}
