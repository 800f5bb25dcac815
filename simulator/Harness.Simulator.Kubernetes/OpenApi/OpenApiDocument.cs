using System.Security.Cryptography;

namespace Harness.Simulator.Kubernetes.OpenApi;

/// <summary>One OpenAPI document as it is sent.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="ContentType">The Content-Type.</param>
/// <param name="Hash">SHA-512 in upper-case hexadecimal: the ETag between quotes, and the <c>hash</c> in the URLs of the v3 index.</param>
internal sealed record OpenApiDocument(ReadOnlyMemory<byte> Content, string ContentType, string Hash)
{
    public static OpenApiDocument Of(byte[] content, string contentType) => new(content, contentType, Convert.ToHexString(SHA512.HashData(content)));
}
