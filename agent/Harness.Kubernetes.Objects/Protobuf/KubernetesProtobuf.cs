using Google.Protobuf;
using Harness.Kubernetes.Objects.Runtime;

namespace Harness.Kubernetes.Objects.Protobuf;

/// <summary>
/// The protobuf form of Kubernetes objects on the wire: four magic bytes, then a runtime.Unknown with the type and the message. Writes as
/// the API server does (empty strings and numbers that are no pointers are there, maps are sorted). Stateless, safe from any thread.
/// </summary>
public static class KubernetesProtobuf
{
    /// <summary>The media type of one object.</summary>
    public const string ContentType = "application/vnd.kubernetes.protobuf";

    /// <summary>The media type of a watch.</summary>
    public const string StreamContentType = "application/vnd.kubernetes.protobuf;stream=watch";

    private const int TypeMetaNumber = 1;
    private const int RawNumber = 2;
    private const int ContentEncodingNumber = 3;
    private const int ContentTypeNumber = 4;
    private const int ApiVersionNumber = 1;
    private const int KindNumber = 2;

    /// <summary>What every object begins with.</summary>
    public static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <summary>Whether these bytes begin as an object in protobuf does.</summary>
    public static bool IsEnvelope(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Magic);

    /// <summary>An object, with magic and type.</summary>
    /// <param name="message">The object.</param>
    /// <param name="kind">Its kind; the message's own when it is left out.</param>
    /// <exception cref="ArgumentException">The message is no kind, and none was given.</exception>
    public static byte[] Encode(IMessage message, KubernetesKind? kind = null)
    {
        var buffer = new ReverseBuffer();
        PrependEnvelope(buffer, message, kind ?? KubernetesKinds.Of(message));
        return buffer.Written.ToArray();
    }

    /// <summary>A message alone, as it stands inside an envelope.</summary>
    public static byte[] EncodeMessage(IMessage message)
    {
        var buffer = new ReverseBuffer();
        ServerProtobufWriter.Prepend(buffer, message);
        return buffer.Written.ToArray();
    }

    /// <summary>Opens an envelope; the message is still bytes.</summary>
    /// <exception cref="KubernetesFormatException">The magic bytes are missing, or what follows is no envelope.</exception>
    public static Unknown Open(ReadOnlySpan<byte> bytes)
    {
        if (!IsEnvelope(bytes))
        {
            throw new KubernetesFormatException("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        }

        return Parse(Unknown.Parser, bytes[Magic.Length..]);
    }

    /// <summary>The type that an envelope says it holds.</summary>
    /// <exception cref="KubernetesFormatException">It is no envelope.</exception>
    public static KubernetesTypeMeta ReadType(ReadOnlySpan<byte> bytes) => TypeOf(Open(bytes));

    /// <summary>The object in an envelope. Its kind is not compared.</summary>
    /// <exception cref="KubernetesFormatException">It is no envelope, or no such message.</exception>
    public static T Decode<T>(ReadOnlySpan<byte> bytes) where T : class, IMessage<T>, new() =>
        Parse(new MessageParser<T>(() => new T()), Open(bytes).Raw.Span);

    /// <summary>The object in an envelope, of the kind that it says it is.</summary>
    /// <exception cref="KubernetesFormatException">It is no envelope, its kind has no message, or it is no such message.</exception>
    public static IMessage DecodeKind(ReadOnlySpan<byte> bytes)
    {
        var envelope = Open(bytes);
        var type = TypeOf(envelope);
        var kind = KubernetesKinds.Find(type)
            ?? throw new KubernetesFormatException($"no kind \"{type.Kind}\" is registered for version \"{type.ApiVersion}\"");
        try
        {
            return kind.Descriptor.Parser.ParseFrom(envelope.Raw);
        }
        catch (InvalidProtocolBufferException invalid)
        {
            throw new KubernetesFormatException($"proto: {invalid.Message}", "", invalid);
        }
    }

    internal static void PrependEnvelope(ReverseBuffer buffer, IMessage message, KubernetesKind kind)
    {
        ServerProtobufWriter.PrependText(buffer, ContentTypeNumber, "");
        ServerProtobufWriter.PrependText(buffer, ContentEncodingNumber, "");
        var before = buffer.Length;
        ServerProtobufWriter.Prepend(buffer, message);
        ServerProtobufWriter.PrependLengthAndTag(buffer, RawNumber, before);
        before = buffer.Length;
        ServerProtobufWriter.PrependText(buffer, KindNumber, kind.Kind);
        ServerProtobufWriter.PrependText(buffer, ApiVersionNumber, kind.ApiVersion);
        ServerProtobufWriter.PrependLengthAndTag(buffer, TypeMetaNumber, before);
        buffer.Prepend(Magic);
    }

    internal static T Parse<T>(MessageParser<T> parser, ReadOnlySpan<byte> bytes) where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException invalid)
        {
            throw new KubernetesFormatException($"proto: {invalid.Message}", "", invalid);
        }
    }

    private static KubernetesTypeMeta TypeOf(Unknown envelope) =>
        new(envelope.TypeMeta?.ApiVersion ?? "", envelope.TypeMeta?.Kind ?? "");
}
