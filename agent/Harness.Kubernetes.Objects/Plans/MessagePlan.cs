using System.Collections.Concurrent;
using Google.Protobuf.Reflection;

namespace Harness.Kubernetes.Objects.Plans;

/// <summary>
/// What the codecs need to know of one message type: its fields in the order of the .proto file (which is the order of JSON) and in that
/// of their numbers. Built once for each type and kept; immutable, shared by all threads.
/// </summary>
internal sealed class MessagePlan
{
    private static readonly ConcurrentDictionary<MessageDescriptor, MessagePlan> s_plans = new();

    private readonly Lazy<FieldEntry[]> _entries;

    private MessagePlan(MessageDescriptor descriptor)
    {
        Descriptor = descriptor;
        Kind = KubernetesKinds.Find(descriptor);
        Fields = descriptor.Fields.InDeclarationOrder().Select(field => new FieldPlan(field)).ToArray();
        ByNumberDescending = Fields.OrderByDescending(field => field.Field.FieldNumber).ToArray();
        Unknown = UnknownFields.Accessor(descriptor);
        _entries = new Lazy<FieldEntry[]>(() => Fields.SelectMany(field => Flatten([], field)).ToArray());
    }

    public MessageDescriptor Descriptor { get; }

    /// <summary>The kind that the message carries, when it carries one.</summary>
    public KubernetesKind? Kind { get; }

    public FieldPlan[] Fields { get; }

    public FieldPlan[] ByNumberDescending { get; }

    public Func<Google.Protobuf.IMessage, Google.Protobuf.UnknownFieldSet?> Unknown { get; }

    /// <summary>The fields of the JSON object, those of inlined messages among them.</summary>
    public FieldEntry[] Entries => _entries.Value;

    public static MessagePlan Of(MessageDescriptor descriptor) => s_plans.GetOrAdd(descriptor, static key => new MessagePlan(key));

    /// <summary>The entry of that name; the search begins at a hint, for JSON mostly keeps the order.</summary>
    public int IndexOf(ReadOnlySpan<byte> utf8Name, int hint)
    {
        var entries = Entries;
        for (var i = 0; i < entries.Length; i++)
        {
            var index = (hint + i) % entries.Length;
            if (utf8Name.SequenceEqual(entries[index].Field.Utf8Name))
            {
                return index;
            }
        }

        return -1;
    }

    private static IEnumerable<FieldEntry> Flatten(FieldPlan[] parents, FieldPlan field) => field.Shape == FieldShape.Inline
        ? Of(field.Field.MessageType).Fields.SelectMany(inner => Flatten([.. parents, field], inner))
        : [new FieldEntry(parents, field)];
}
