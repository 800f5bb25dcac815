namespace Harness.Simulator.Ec2.Model;

/// <summary>What a ClientToken of CreateNetworkInterface stands for.</summary>
internal sealed record InterfaceToken(string ParametersDigest, string NetworkInterfaceId);
