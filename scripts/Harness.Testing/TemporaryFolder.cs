namespace Harness.Testing;

/// <summary>A folder of its own for one test, removed with all that is in it when disposed.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("harness-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
