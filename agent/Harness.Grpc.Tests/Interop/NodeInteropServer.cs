namespace Grpc.Tests.Interop;

/// <summary>grpc-js.</summary>
public sealed class NodeInteropServer() : InteropServer("node");
