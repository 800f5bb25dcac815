using System.Text;

namespace Harness.Simulator.Host.Output;

/// <summary>Copies what is appended to a file to a writer, from the file's beginning on.</summary>
internal sealed class LogTail(string path, TextWriter writer) : IDisposable
{
    private readonly StreamReader _reader =
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.UTF8);

    /// <summary>Copies what came since the last call.</summary>
    public async Task CopyNewAsync(CancellationToken cancellationToken) =>
        await writer.WriteAsync(await _reader.ReadToEndAsync(cancellationToken));

    public void Dispose() => _reader.Dispose();
}
