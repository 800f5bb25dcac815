using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Harness.Kubernetes.Objects;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Protobuf;
using Harness.Kubernetes.Objects.Runtime;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Operations;
using Harness.Simulator.Kubernetes.Reading;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Tables;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>
/// Writes the events of one watch in the form and media type it asked for. The bytes of whole objects are those kept with them, shared by all
/// watches. Used by one task.
/// </summary>
internal sealed class WatchWriter(IBufferWriter<byte> output, ApiResource shown, Negotiation negotiation, IncludeObject include, TimeProvider time)
{
    private bool _hasColumns;

    public void Write(WatchItem item)
    {
        string type = Type(item.Kind);
        switch (negotiation)
        {
            case { Form: ObjectForm.Table }:
                WriteJson(type, ObjectJson.ToUtf8(Table(item)));
                break;
            case { Form: ObjectForm.Partial }:
                WriteMessage(type, Partial(item));
                break;
            case { Media: MediaType.Protobuf }:
                WriteFrame(type, item.Object is { } stored ? ObjectEncoder.Protobuf(shown, stored) : KubernetesProtobuf.Encode(Bookmark(item)));
                break;
            default:
                WriteJson(type, item.Object is { } whole ? ObjectEncoder.Json(shown, whole).Span : ObjectJson.ToUtf8(shown, BookmarkObject(item)));
                break;
        }
    }

    /// <summary>Writes the event that ends a watch which cannot go on.</summary>
    public void WriteError(Status status) => WriteMessage("ERROR", status);

    private static string Type(WatchItemKind kind) => kind switch
    {
        WatchItemKind.Added => "ADDED",
        WatchItemKind.Modified => "MODIFIED",
        WatchItemKind.Deleted => "DELETED",
        WatchItemKind.Bookmark => "BOOKMARK",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such event"),
    };

    private void WriteMessage(string type, IMessage message)
    {
        if (negotiation.Media == MediaType.Protobuf)
        {
            WriteFrame(type, KubernetesProtobuf.Encode(message));
        }
        else
        {
            WriteJson(type, KubernetesJson.ToUtf8(message));
        }
    }

    private void WriteJson(string type, ReadOnlySpan<byte> json)
    {
        output.Write("{\"type\":\""u8);
        output.Write(System.Text.Encoding.ASCII.GetBytes(type));
        output.Write("\",\"object\":"u8);
        output.Write(json);
        output.Write("}\n"u8);
    }

    private void WriteFrame(string type, ReadOnlyMemory<byte> encoded)
    {
        var told = new WatchEvent { Type = type, Object = new RawExtension { Raw = UnsafeByteOperations.UnsafeWrap(encoded) } };
        Span<byte> length = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)told.CalculateSize());
        output.Write(length);
        told.WriteTo(output);
    }

    private JsonObject Table(WatchItem item)
    {
        JsonObject document = item.Object is { } stored ? ObjectEncoder.Document(shown, stored) : ObjectJson.ToDocument(shown, BookmarkObject(item));
        bool withColumns = !_hasColumns;
        _hasColumns = true;
        return TablePrinter.Print(shown.GroupVersion, shown.Kind, [document], null, include, time.GetUtcNow(), withColumns);
    }

    private static PartialObjectMetadata Partial(WatchItem item) =>
        item.Object is { } stored ? ObjectEncoder.Partial(stored) : new PartialObjectMetadata { Metadata = BookmarkMetadata(item) };

    private IMessage Bookmark(WatchItem item) => ((MessageObject)BookmarkObject(item)).Message;

    /// <summary>An empty object that carries only the revision.</summary>
    private ApiObject BookmarkObject(WatchItem item)
    {
        if (shown.Descriptor is null)
        {
            return new JsonDocumentObject(BookmarkMetadata(item), []);
        }

        IMessage message = KubernetesKinds.Find(shown.Descriptor)!.Create();
        message.Descriptor.FindFieldByNumber(1).Accessor.SetValue(message, BookmarkMetadata(item));
        return new MessageObject(message);
    }

    private static ObjectMeta BookmarkMetadata(WatchItem item)
    {
        var metadata = new ObjectMeta { ResourceVersion = item.Revision.ToString(CultureInfo.InvariantCulture) };
        if (item.EndsInitialEvents)
        {
            metadata.Annotations[WellKnown.InitialEventsEnd] = "true";
        }

        return metadata;
    }
}
