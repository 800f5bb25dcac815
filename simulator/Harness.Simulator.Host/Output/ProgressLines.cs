using System.Globalization;

namespace Harness.Simulator.Host.Output;

/// <summary>Shows each step as it is done, with the time since the start. Thread-safe.</summary>
internal sealed class ProgressLines(TextWriter writer, TimeProvider time) : IProgress<string>
{
    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();

    public void Report(string value)
    {
        lock (_lock)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetElapsedTime(_start).TotalSeconds,6:0.0} s  {value}"));
            writer.Flush();
        }
    }
}
