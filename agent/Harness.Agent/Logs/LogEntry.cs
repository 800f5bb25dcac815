using System.Buffers;
using System.Globalization;
using System.Text;
using Harness.Agent.Workloads;

namespace Harness.Agent.Logs;

/// <summary>
/// One record of a log file, in the form that container runtimes write: time with nine digits, stream, F (full line) or P (a part of
/// a line that goes on in the next record), and the text. Everything before the text has a fixed width.
/// </summary>
internal readonly record struct LogEntry(DateTimeOffset Time, OutputStream Stream, bool Partial, ReadOnlyMemory<byte> Text)
{
    public const int HeaderBytes = TimeBytes + 10;
    public const int TimeBytes = 30;

    /// <summary>The fourth letter tells stdout from stderr.</summary>
    private const int StreamLetter = TimeBytes + 4;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'";

    public static string FormatTime(DateTimeOffset time) => time.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>A whole record with its line feed.</summary>
    public static void Append(IBufferWriter<byte> target, DateTimeOffset time, OutputStream stream, bool partial, ReadOnlySpan<byte> text)
    {
        var header = $"{FormatTime(time)} {(stream == OutputStream.Stdout ? "stdout" : "stderr")} {(partial ? 'P' : 'F')} ";
        target.Write(Encoding.ASCII.GetBytes(header));
        target.Write(text);
        target.Write("\n"u8);
    }

    /// <summary>Reads a record without its line feed; null when it is not one (a write that was cut off).</summary>
    public static LogEntry? Parse(ReadOnlyMemory<byte> record)
    {
        if (record.Length < HeaderBytes)
        {
            return null;
        }

        var time = Encoding.ASCII.GetString(record.Span[..TimeBytes]);
        return DateTimeOffset.TryParseExact(time, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)
            ? new LogEntry(parsed, StreamOf(record), record.Span[HeaderBytes - 2] == (byte)'P', record[HeaderBytes..])
            : null;
    }

    private static OutputStream StreamOf(ReadOnlyMemory<byte> record) =>
        record.Span[StreamLetter] == (byte)'o' ? OutputStream.Stdout : OutputStream.Stderr;
}
