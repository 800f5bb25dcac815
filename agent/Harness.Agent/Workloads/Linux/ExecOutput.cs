using System.Buffers;
using System.Text;

namespace Harness.Agent.Workloads.Linux;

/// <summary>Keeps the beginning of what a command wrote, stdout and stderr as they came. Read only after its end.</summary>
internal sealed class ExecOutput : IOutputSink
{
    private const int KeptBytes = 1024;
    private readonly ArrayBufferWriter<byte> _kept = new(KeptBytes);

    public string Text => Encoding.UTF8.GetString(_kept.WrittenSpan).Trim();

    public void Write(OutputStream stream, ReadOnlySpan<byte> data) =>
        _kept.Write(data[..Math.Min(data.Length, KeptBytes - _kept.WrittenCount)]);

    public void Complete()
    {
    }
}
