namespace Harness.Simulator.Ec2.World;

/// <summary>A key pair by name; no private key exists.</summary>
public sealed record KeyPair(string KeyPairId, string KeyName, string KeyFingerprint, string KeyType);
