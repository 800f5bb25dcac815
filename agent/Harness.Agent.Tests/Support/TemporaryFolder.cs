namespace Harness.Agent.Tests.Support;

/// <summary>A folder of its own for one test, gone with it. Short, for unix sockets live in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("vkvm").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
