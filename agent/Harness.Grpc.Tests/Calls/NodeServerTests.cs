using Grpc.Tests.Hosting;

namespace Grpc.Tests.Calls;

/// <summary>Our client and grpc-js's server.</summary>
public sealed class NodeServerTests(NodeServer server) : ServerContract, IClassFixture<NodeServer>
{
    private protected override async Task<string> StartServerAsync() => $"http://{await server.StartAsync()}";
}
