using System.Buffers;
using Google.Protobuf;
using Harness.Kubernetes.Objects;
using Harness.Kubernetes.Objects.Runtime;

namespace Harness.Kubernetes.Wire;

/// <summary>
/// What stands around each protobuf object on the wire: the four bytes <c>k8s\0</c>, then a runtime.Unknown with the object's type and
/// bytes (Kubernetes API concepts, "Kubernetes Protobuf encoding"). Pure.
/// </summary>
internal static class ProtobufEnvelope
{
    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    public static byte[] Wrap(string apiVersion, string kind, IMessage message)
    {
        var unknown = new Unknown
        {
            TypeMeta = new TypeMeta { ApiVersion = apiVersion, Kind = kind },
            Raw = message.ToByteString(),
            ContentEncoding = "",
            ContentType = "",
        };
        var bytes = new byte[Magic.Length + unknown.CalculateSize()];
        Magic.CopyTo(bytes);
        unknown.WriteTo(bytes.AsSpan(Magic.Length));
        return bytes;
    }

    /// <exception cref="KubernetesFormatException">The bytes have no envelope, or it is broken.</exception>
    public static Unknown Open(ReadOnlySequence<byte> bytes)
    {
        Span<byte> magic = stackalloc byte[Magic.Length];
        if (bytes.Length < Magic.Length)
        {
            throw new KubernetesFormatException("protobuf without its envelope: too short");
        }

        bytes.Slice(0, Magic.Length).CopyTo(magic);
        if (!magic.SequenceEqual(Magic))
        {
            throw new KubernetesFormatException("protobuf without its envelope: it does not start with k8s");
        }

        try
        {
            return Unknown.Parser.ParseFrom(bytes.Slice(Magic.Length));
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new KubernetesFormatException($"broken protobuf envelope: {exception.Message}", innerException: exception);
        }
    }
}
