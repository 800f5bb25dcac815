using System.Text;

namespace Harness.Kubernetes;

/// <summary>A patch: its kind (a media type) and its JSON body. Immutable.</summary>
public sealed class ObjectPatch
{
    private ObjectPatch(string mediaType, ReadOnlyMemory<byte> body)
    {
        MediaType = mediaType;
        Body = body;
    }

    public string MediaType { get; }

    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>RFC 6902: a list of operations. A <c>test</c> of /metadata/uid or resourceVersion makes it conditional.</summary>
    public static ObjectPatch Json(ReadOnlyMemory<byte> body) => new("application/json-patch+json", body);

    /// <summary>RFC 7386: null removes, lists are replaced whole.</summary>
    public static ObjectPatch Merge(ReadOnlyMemory<byte> body) => new("application/merge-patch+json", body);

    /// <summary>Kubernetes' own: lists are merged by their key. A wrong <c>metadata.uid</c> in it is a conflict.</summary>
    public static ObjectPatch Strategic(ReadOnlyMemory<byte> body) => new("application/strategic-merge-patch+json", body);

    /// <summary>Server-side apply; <see cref="WriteOptions.FieldManager"/> is needed.</summary>
    public static ObjectPatch Apply(ReadOnlyMemory<byte> body) => new("application/apply-patch+yaml", body);

    public static ObjectPatch Json(string body) => Json(Encoding.UTF8.GetBytes(body));

    public static ObjectPatch Merge(string body) => Merge(Encoding.UTF8.GetBytes(body));

    public static ObjectPatch Strategic(string body) => Strategic(Encoding.UTF8.GetBytes(body));
}
