using Grpc.Tests.Hosting;

namespace Grpc.Tests.Calls;

/// <summary>Our client and grpcio's server.</summary>
public sealed class PythonServerTests(PythonServer server) : ServerContract, IClassFixture<PythonServer>
{
    private protected override async Task<string> StartServerAsync() => $"http://{await server.StartAsync()}";
}
