using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Harness.Kubernetes.Objects;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Protobuf;
using Harness.Simulator.Kubernetes.Reading;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;
using Harness.Simulator.Kubernetes.Tables;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>
/// Lists in each form and media type. Items in JSON are the kept bytes of the objects without their kind and apiVersion. Stateless.
/// </summary>
internal static class ListEncoder
{
    public static byte[] Write(ApiResource shown, ListPage page, Negotiation negotiation, IncludeObject include, DateTimeOffset now) => negotiation.Form switch
    {
        ObjectForm.Table => ObjectEncoder.OfDocument(Table(shown, page, include, now), negotiation),
        ObjectForm.Partial => ObjectEncoder.OfMessage(Partial(page), negotiation),
        _ when negotiation.Media == MediaType.Protobuf => Protobuf(shown, page),
        _ => ObjectEncoder.OfJson(Json(shown, page), negotiation),
    };

    private static ListMeta Metadata(ListPage page)
    {
        var metadata = new ListMeta { ResourceVersion = page.Revision.ToString(CultureInfo.InvariantCulture) };
        if (page.Continue.Length > 0)
        {
            metadata.Continue = page.Continue;
        }

        if (page.Remaining is { } remaining)
        {
            metadata.RemainingItemCount = remaining;
        }

        return metadata;
    }

    private static byte[] Json(ApiResource shown, ListPage page)
    {
        using var bytes = new MemoryStream();
        bytes.Write(Encoding.UTF8.GetBytes($$"""{"kind":"{{shown.ListKind}}","apiVersion":"{{shown.GroupVersion}}","metadata":"""));
        bytes.Write(KubernetesJson.ToUtf8(Metadata(page)));
        bytes.Write(",\"items\":["u8);
        int type = ObjectEncoder.TypeLength(shown);
        bool isFirst = true;
        foreach (StoredObject stored in page.Items)
        {
            bytes.Write(isFirst ? "{"u8 : ",{"u8);
            bytes.Write(ObjectEncoder.Json(shown, stored).Span[type..]);
            isFirst = false;
        }

        bytes.Write("]}"u8);
        return bytes.ToArray();
    }

    private static byte[] Protobuf(ApiResource shown, ListPage page)
    {
        KubernetesKind kind = KubernetesKinds.Find(shown.GroupVersion, shown.ListKind)
            ?? throw new InvalidOperationException($"{shown.ListKind} of {shown.GroupVersion} has no message.");
        IMessage list = kind.Create();
        list.Descriptor.FindFieldByName("metadata").Accessor.SetValue(list, Metadata(page));
        var items = (IList)list.Descriptor.FindFieldByName("items").Accessor.GetValue(list);
        foreach (StoredObject stored in page.Items)
        {
            items.Add(ObjectEncoder.Message(shown, stored));
        }

        return KubernetesProtobuf.Encode(list);
    }

    private static PartialObjectMetadataList Partial(ListPage page)
    {
        var list = new PartialObjectMetadataList { Metadata = Metadata(page) };
        list.Items.AddRange(page.Items.Select(ObjectEncoder.Partial));
        return list;
    }

    private static JsonObject Table(ApiResource shown, ListPage page, IncludeObject include, DateTimeOffset now) => TablePrinter.Print(
        shown.GroupVersion,
        shown.Kind,
        [.. page.Items.Select(stored => ObjectEncoder.Document(shown, stored))],
        KubernetesJson.ToDocument(Metadata(page)),
        include,
        now);
}
