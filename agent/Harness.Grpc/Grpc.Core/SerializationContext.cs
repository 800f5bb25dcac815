using System.Buffers;

namespace Grpc.Core;

/// <summary>
/// Where a serializer puts one message: either the whole of it by <see cref="Complete(byte[])"/>, or piece by piece into
/// <see cref="GetBufferWriter"/>, followed by <see cref="Complete()"/>. Used by one thread at a time.
/// </summary>
public abstract class SerializationContext
{
    /// <summary>Takes the message as it is; nothing may be written afterwards.</summary>
    public virtual void Complete(byte[] payload) => throw new NotSupportedException();

    /// <summary>Tells the length in bytes beforehand, so that no intermediate buffer is needed. Optional.</summary>
    public virtual void SetPayloadLength(int payloadLength) => throw new NotSupportedException();

    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotSupportedException();

    /// <summary>Ends what was written to the buffer writer.</summary>
    public virtual void Complete() => throw new NotSupportedException();
}
