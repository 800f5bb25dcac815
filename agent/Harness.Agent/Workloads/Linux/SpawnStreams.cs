namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// Descriptors for a new process; -1 as stdin is /dev/null. With a terminal (the path of its other end) all three are that, and it
/// controls the new session.
/// </summary>
internal readonly record struct SpawnStreams(int Stdin, int Stdout, int Stderr, string? Terminal)
{
    public static SpawnStreams OfTerminal(string path) => new(-1, -1, -1, path);
}
