namespace Grpc.Tests.Interop;

/// <summary>grpcio.</summary>
public sealed class PythonInteropClientRun() : InteropClientRun("python");
