using System.Buffers;
using System.Text.Json;
using Google.Protobuf;
using Harness.Kubernetes.Objects;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Kubernetes.Wire;

/// <summary>
/// One object as it came over the wire, in either format: first asked what it is, then read. Holds the bytes only as long as the caller does.
/// </summary>
internal readonly ref struct ObjectBody
{
    private readonly bool _isProtobuf;
    private readonly ReadOnlySequence<byte> _json;
    private readonly ByteString? _raw;

    private ObjectBody(string kind, bool isProtobuf, ReadOnlySequence<byte> json, ByteString? raw)
    {
        Kind = kind;
        _isProtobuf = isProtobuf;
        _json = json;
        _raw = raw;
    }

    /// <summary>What the object says it is, such as <c>Pod</c> or <c>Status</c>.</summary>
    public string Kind { get; }

    /// <exception cref="KubernetesFormatException">The bytes are no object.</exception>
    public static ObjectBody Open(ReadOnlySequence<byte> bytes, bool isProtobuf)
    {
        if (!isProtobuf)
        {
            return new ObjectBody(KindOf(bytes), false, bytes, null);
        }

        var envelope = Envelopes.Open(bytes);
        return new ObjectBody(envelope.TypeMeta?.Kind ?? "", true, default, envelope.Raw);
    }

    /// <exception cref="KubernetesFormatException">A value is not of its field's type.</exception>
    public T Read<T>(MessageParser<T> parser)
        where T : class, IMessage<T>, new()
    {
        if (!_isProtobuf)
        {
            return KubernetesJson.Read<T>(_json);
        }

        try
        {
            return parser.ParseFrom(_raw);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new KubernetesFormatException($"broken protobuf of kind {Kind}: {exception.Message}", innerException: exception);
        }
    }

    public Status ReadStatus() => Read(Status.Parser);

    private static string KindOf(ReadOnlySequence<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isKind = reader.ValueTextEquals("kind"u8);
                reader.Read();
                if (isKind && reader.TokenType == JsonTokenType.String)
                {
                    return reader.GetString()!;
                }

                reader.Skip();
            }

            return "";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new KubernetesFormatException($"no JSON object: {exception.Message}", innerException: exception);
        }
    }
}
