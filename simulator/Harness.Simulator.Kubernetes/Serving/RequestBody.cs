using Harness.Simulator.Kubernetes.Errors;
using Microsoft.AspNetCore.Http;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>A request's body with its media type; read once, whole, within the size that a real API server takes.</summary>
internal sealed record RequestBody(MediaType Media, byte[] Bytes)
{
    private const int MostBytes = 3_145_728;

    /// <exception cref="ApiStatusException">It is too large, or of a type that cannot be read.</exception>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken) =>
        new(MediaOf(request.ContentType), await BytesAsync(request, cancellationToken));

    public static async Task<byte[]> BytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16_384];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > MostBytes)
            {
                throw ApiErrors.Of(413, "RequestEntityTooLarge", $"Request entity too large: limit is {MostBytes}");
            }
        }

        return bytes.ToArray();
    }

    private static MediaType MediaOf(string? contentType) => contentType?.Split(';')[0].Trim() switch
    {
        null or "" or "application/json" => MediaType.Json,
        "application/yaml" => MediaType.Yaml,
        "application/vnd.kubernetes.protobuf" => MediaType.Protobuf,
        _ => throw ApiErrors.UnsupportedMediaType("the body of the request was in an unknown format - accepted media types include: "
            + "application/json, application/yaml, application/vnd.kubernetes.protobuf"),
    };
}
