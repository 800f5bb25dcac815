using System.Buffers;
using System.IO.Compression;

namespace Grpc.Wire;

/// <summary>The <c>gzip</c> message encoding.</summary>
internal static class GzipPayload
{
    private const int ChunkSizeBytes = 16 * 1024;

    public static byte[] Compress(ReadOnlySpan<byte> payload)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(payload);
        }

        return compressed.ToArray();
    }

    /// <summary>Throws RESOURCE_EXHAUSTED as soon as more than the limit came out.</summary>
    public static byte[] Decompress(in ReadOnlySequence<byte> payload, int? maxMessageSize)
    {
        using var gzip = new GZipStream(new MemoryStream(payload.ToArray(), writable: false), CompressionMode.Decompress);
        using var content = new MemoryStream();
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkSizeBytes);
        try
        {
            for (var count = gzip.Read(chunk); count > 0; count = gzip.Read(chunk))
            {
                MessageSize.ThrowIfReceivedTooLarge(content.Length + count, maxMessageSize);
                content.Write(chunk, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        return content.ToArray();
    }
}
