namespace Harness.Simulator.Kubernetes.Storage;

/// <summary>
/// The bytes of one stored object in each form that was asked for. Two threads that ask at once may both encode; the bytes are the same.
/// </summary>
internal sealed class EncodingCache
{
    private byte[]? _json;
    private byte[]? _protobuf;

    public byte[] Get(StoredObject stored, ObjectEncoding encoding, Func<StoredObject, byte[]> make) => encoding switch
    {
        ObjectEncoding.Json => _json ??= make(stored),
        ObjectEncoding.Protobuf => _protobuf ??= make(stored),
        _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding, "no such encoding"),
    };
}
