namespace Grpc.Tests.Hosting;

/// <summary><c>peers/server.py</c>: Debian's grpcio.</summary>
public sealed class PythonServer() : PeerServer("python");
