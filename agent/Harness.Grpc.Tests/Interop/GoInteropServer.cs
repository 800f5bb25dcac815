namespace Grpc.Tests.Interop;

/// <summary>grpc-go.</summary>
public sealed class GoInteropServer() : InteropServer("go");
