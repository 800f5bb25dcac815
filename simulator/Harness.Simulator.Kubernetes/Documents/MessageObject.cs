using Google.Protobuf;
using Google.Protobuf.Reflection;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Simulator.Kubernetes.Documents;

/// <summary>
/// An object of a built-in kind: its protobuf message. Field 1 of every such message is its ObjectMeta.
/// </summary>
public sealed class MessageObject : ApiObject
{
    /// <summary>Takes the message over: the caller does not change it any more unless through this object.</summary>
    public MessageObject(IMessage message)
    {
        Message = message;
        Metadata = MetadataOf(message);
    }

    /// <summary>The message itself.</summary>
    public IMessage Message { get; }

    /// <inheritdoc/>
    public override ObjectMeta Metadata { get; }

    /// <inheritdoc/>
    public override ApiObject Clone() => new MessageObject(Message.CloneMessage());

    /// <inheritdoc/>
    public override bool ContentEquals(ApiObject other) => other is MessageObject message && Message.Equals(message.Message);

    private static ObjectMeta MetadataOf(IMessage message)
    {
        FieldDescriptor field = message.Descriptor.FindFieldByNumber(1);
        if (field.Accessor.GetValue(message) is ObjectMeta present)
        {
            return present;
        }

        var metadata = new ObjectMeta();
        field.Accessor.SetValue(message, metadata);
        return metadata;
    }
}
