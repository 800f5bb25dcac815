using System.Buffers;

namespace Harness.Agent.Logs;

/// <summary>Cuts a stream of bytes into lines; a line longer than the limit comes in parts. Not thread-safe.</summary>
internal sealed class LineSplitter(int lineBytes)
{
    private readonly ArrayBufferWriter<byte> _rest = new();

    public delegate void LineAction(ReadOnlySpan<byte> line, bool partial);

    public void Add(ReadOnlySpan<byte> data, LineAction onLine)
    {
        while (!data.IsEmpty)
        {
            var room = lineBytes - _rest.WrittenCount;
            var end = data.IndexOf((byte)'\n');
            if (end < 0 && data.Length < room)
            {
                _rest.Write(data);
                return;
            }

            var whole = end >= 0 && end <= room;
            var taken = whole ? end : room;
            _rest.Write(data[..taken]);
            Emit(onLine, partial: !whole);
            data = data[(whole ? taken + 1 : taken)..];
        }
    }

    /// <summary>What is left without a line feed at the end of the stream.</summary>
    public void End(LineAction onLine)
    {
        if (_rest.WrittenCount > 0)
        {
            Emit(onLine, partial: true);
        }
    }

    private void Emit(LineAction onLine, bool partial)
    {
        onLine(_rest.WrittenSpan, partial);
        _rest.ResetWrittenCount();
    }
}
