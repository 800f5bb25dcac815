using System.Text;

namespace Harness.Kubernetes.Objects.Protobuf;

/// <summary>
/// Protobuf written from its end to its beginning, so that the length of a nested message is known once it is written. Grows as needed.
/// One writer, one thread.
/// </summary>
internal sealed class ReverseBuffer
{
    private byte[] _buffer = new byte[1024];
    private int _start;

    public ReverseBuffer() => _start = _buffer.Length;

    /// <summary>How many bytes have been written.</summary>
    public int Length => _buffer.Length - _start;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(_start);

    public void Prepend(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    public void PrependUtf8(string text) => Encoding.UTF8.GetBytes(text, Reserve(Encoding.UTF8.GetByteCount(text)));

    public void PrependVarint(ulong value)
    {
        var length = 1;
        for (var rest = value >> 7; rest != 0; rest >>= 7)
        {
            length++;
        }

        var target = Reserve(length);
        for (var i = 0; i < length; i++)
        {
            target[i] = (byte)((value & 0x7F) | (i == length - 1 ? 0u : 0x80u));
            value >>= 7;
        }
    }

    private Span<byte> Reserve(int count)
    {
        if (count > _start)
        {
            var grown = new byte[Math.Max(_buffer.Length * 2, Length + count)];
            var written = Length;
            Written.CopyTo(grown.AsSpan(grown.Length - written));
            _buffer = grown;
            _start = grown.Length - written;
        }

        _start -= count;
        return _buffer.AsSpan(_start, count);
    }
}
