namespace Grpc.Tests.Hosting;

/// <summary><c>peers/server.js</c>: npm's @grpc/grpc-js.</summary>
public sealed class NodeServer() : PeerServer("node");
