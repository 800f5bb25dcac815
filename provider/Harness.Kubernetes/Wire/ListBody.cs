using System.Buffers;
using System.Text.Json;
using Google.Protobuf;
using Harness.Kubernetes.Objects;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Kubernetes.Wire;

/// <summary>
/// Reads a page of any list, item by item: all lists have their metadata in field 1 and their items in field 2. Pure.
/// </summary>
internal static class ListBody
{
    private const uint MetadataTag = (1 << 3) | 2;
    private const uint ItemsTag = (2 << 3) | 2;

    /// <exception cref="KubernetesFormatException">The bytes are no list of these objects.</exception>
    public static ObjectList<T> Read<T>(ReadOnlySequence<byte> bytes, bool isProtobuf)
        where T : class, IMessage<T>, new()
    {
        var items = new List<T>();
        try
        {
            var metadata = isProtobuf
                ? ReadProtobuf(Envelopes.Open(bytes).Raw, items)
                : ReadJson(bytes, items);
            return new ObjectList<T>(
                items,
                metadata.ResourceVersion,
                string.IsNullOrEmpty(metadata.Continue) ? null : metadata.Continue,
                metadata.HasRemainingItemCount ? metadata.RemainingItemCount : null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidProtocolBufferException)
        {
            throw new KubernetesFormatException($"broken list of {typeof(T).Name}: {exception.Message}", innerException: exception);
        }
    }

    private static ListMeta ReadProtobuf<T>(ByteString raw, List<T> items)
        where T : class, IMessage<T>, new()
    {
        var metadata = new ListMeta();
        var input = raw.CreateCodedInput();
        while (input.ReadTag() is var tag && tag != 0)
        {
            switch (tag)
            {
                case MetadataTag:
                    input.ReadMessage(metadata);
                    break;
                case ItemsTag:
                    var item = new T();
                    input.ReadMessage(item);
                    items.Add(item);
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return metadata;
    }

    private static ListMeta ReadJson<T>(ReadOnlySequence<byte> bytes, List<T> items)
        where T : class, IMessage<T>, new()
    {
        var metadata = new ListMeta();
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isItems = reader.ValueTextEquals("items"u8);
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            if (isItems && reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(KubernetesJson.Read<T>(Slice(bytes, ref reader)));
                }
            }
            else if (isMetadata)
            {
                metadata = KubernetesJson.Read<ListMeta>(Slice(bytes, ref reader));
            }
            else
            {
                reader.Skip();
            }
        }

        return metadata;
    }

    // The value that the reader stands at the start of; moves the reader to its end.
    private static ReadOnlySequence<byte> Slice(ReadOnlySequence<byte> bytes, ref Utf8JsonReader reader)
    {
        var start = reader.TokenStartIndex;
        reader.Skip();
        return bytes.Slice(start, reader.BytesConsumed - start);
    }
}
