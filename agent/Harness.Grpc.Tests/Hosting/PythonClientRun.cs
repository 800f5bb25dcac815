namespace Grpc.Tests.Hosting;

/// <summary><c>peers/client.py</c>: Debian's grpcio.</summary>
public sealed class PythonClientRun() : PeerClientRun("python");
