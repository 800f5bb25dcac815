using System.Buffers;
using System.Text.Json;
using Google.Protobuf;
using Harness.Kubernetes.Objects;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Kubernetes.Wire;

/// <summary>Reads one event of a watch. Pure.</summary>
internal static class WatchEventBody
{
    /// <exception cref="KubernetesFormatException">The frame is no event of these objects.</exception>
    /// <exception cref="KubernetesApiException">The event is an ERROR.</exception>
    public static WatchEvent<T> Read<T>(ReadOnlySequence<byte> frame, bool isProtobuf, MessageParser<T> parser, string request)
        where T : class, IMessage<T>, new()
    {
        var (type, bytes) = isProtobuf ? SplitProtobuf(frame) : SplitJson(frame);
        var body = ObjectBody.Open(bytes, isProtobuf);
        if (type == "ERROR" || (body.Kind == "Status" && typeof(T) != typeof(Status)))
        {
            throw ApiErrors.FromStatus(request, body.ReadStatus());
        }

        return new WatchEvent<T>(TypeOf(type), body.Read(parser));
    }

    private static (string Type, ReadOnlySequence<byte> Object) SplitProtobuf(ReadOnlySequence<byte> frame)
    {
        try
        {
            var watchEvent = WatchEvent.Parser.ParseFrom(frame);
            return (watchEvent.Type, new ReadOnlySequence<byte>(watchEvent.Object?.Raw.Memory ?? default));
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new KubernetesFormatException($"broken watch event: {exception.Message}", innerException: exception);
        }
    }

    private static (string Type, ReadOnlySequence<byte> Object) SplitJson(ReadOnlySequence<byte> frame)
    {
        try
        {
            var type = "";
            var item = ReadOnlySequence<byte>.Empty;
            var reader = new Utf8JsonReader(frame);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isType = reader.ValueTextEquals("type"u8);
                var isObject = reader.ValueTextEquals("object"u8);
                reader.Read();
                var start = reader.TokenStartIndex;
                type = isType ? reader.GetString() ?? "" : type;
                reader.Skip();
                item = isObject ? frame.Slice(start, reader.BytesConsumed - start) : item;
            }

            return (type, item);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new KubernetesFormatException($"broken watch event: {exception.Message}", innerException: exception);
        }
    }

    private static WatchEventType TypeOf(string type) => type switch
    {
        "ADDED" => WatchEventType.Added,
        "MODIFIED" => WatchEventType.Modified,
        "DELETED" => WatchEventType.Deleted,
        "BOOKMARK" => WatchEventType.Bookmark,
        _ => throw new KubernetesFormatException($"unknown type of watch event: {type}"),
    };
}
