namespace Grpc.Tests.Interop;

/// <summary>grpcio.</summary>
public sealed class PythonInteropServer() : InteropServer("python");
