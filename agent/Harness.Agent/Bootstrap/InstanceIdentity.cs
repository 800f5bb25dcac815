namespace Harness.Agent.Bootstrap;

/// <summary>The instance's identity as AWS signed it.</summary>
/// <param name="Document">Byte for byte as the metadata service gives it.</param>
/// <param name="Signature">The metadata service's rsa2048, as it gives it: PKCS#7 in base64.</param>
/// <param name="Certificate">Of the signer, in PEM; empty when the agent does not know it.</param>
internal sealed record InstanceIdentity(byte[] Document, byte[] Signature, string Certificate);
