namespace Grpc.Tests.Hosting;

/// <summary><c>peers/client.js</c>: npm's @grpc/grpc-js.</summary>
public sealed class NodeClientRun() : PeerClientRun("node");
