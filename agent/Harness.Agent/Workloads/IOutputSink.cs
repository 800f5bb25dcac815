namespace Harness.Agent.Workloads;

/// <summary>Receives what a process writes. Called on the process's own thread, and never after <see cref="Complete"/>.</summary>
internal interface IOutputSink
{
    void Write(OutputStream stream, ReadOnlySpan<byte> data);

    /// <summary>The process has ended, and all of its output was written.</summary>
    void Complete();
}
