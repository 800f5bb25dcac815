using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Kubernetes.Objects.Protobuf;

/// <summary>
/// The events of a watch in protobuf: four bytes of big-endian length, then a WatchEvent whose object is an envelope of its own.
/// Stateless, safe from any thread.
/// </summary>
public static class WatchFrames
{
    /// <summary>The greatest event that is read, in bytes.</summary>
    public const int GreatestFrameBytes = 64 * 1024 * 1024;

    private const int LengthBytes = 4;
    private const int TypeNumber = 1;
    private const int ObjectNumber = 2;
    private const int RawNumber = 1;

    /// <summary>Writes one event.</summary>
    /// <param name="output">Takes length and event.</param>
    /// <param name="type">ADDED, MODIFIED, DELETED, BOOKMARK or ERROR.</param>
    /// <param name="message">The object; a Status for ERROR.</param>
    /// <param name="kind">Its kind; the message's own when it is left out.</param>
    public static void Write(IBufferWriter<byte> output, string type, IMessage message, KubernetesKind? kind = null)
    {
        var buffer = new ReverseBuffer();
        KubernetesProtobuf.PrependEnvelope(buffer, message, kind ?? KubernetesKinds.Of(message));
        ServerProtobufWriter.PrependLengthAndTag(buffer, RawNumber, 0);
        ServerProtobufWriter.PrependLengthAndTag(buffer, ObjectNumber, 0);
        ServerProtobufWriter.PrependText(buffer, TypeNumber, type);
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(LengthBytes), buffer.Length);
        output.Advance(LengthBytes);
        output.Write(buffer.Written);
    }

    /// <summary>
    /// The events of a stream, until it ends. An event's object is in <c>Object.Raw</c>: see <see cref="KubernetesProtobuf.DecodeKind"/>.
    /// </summary>
    /// <exception cref="KubernetesFormatException">What comes is no event, or it is too long.</exception>
    /// <exception cref="EndOfStreamException">The stream ended within an event.</exception>
    public static async IAsyncEnumerable<WatchEvent> ReadAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var head = new byte[LengthBytes];
        while (await stream.ReadAtLeastAsync(head, LengthBytes, throwOnEndOfStream: false, cancellationToken) is > 0 and var read)
        {
            if (read < LengthBytes)
            {
                throw new EndOfStreamException("The watch ended within the length of an event.");
            }

            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (length > GreatestFrameBytes)
            {
                throw new KubernetesFormatException($"a watch event of {length} bytes is over the limit of {GreatestFrameBytes}");
            }

            var frame = new byte[length];
            await stream.ReadExactlyAsync(frame, cancellationToken);
            yield return KubernetesProtobuf.Parse(WatchEvent.Parser, frame);
        }
    }
}
