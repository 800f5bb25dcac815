using System.Security.Cryptography.X509Certificates;

namespace Harness.Agent.Tests.Support;

/// <summary>A certificate with its key, and both as PEM: the chain to its authority, and PKCS#8.</summary>
internal sealed record IssuedCertificate(X509Certificate2 Certificate, string ChainPem, string KeyPem);
