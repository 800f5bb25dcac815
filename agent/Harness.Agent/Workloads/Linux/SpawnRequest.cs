namespace Harness.Agent.Workloads.Linux;

/// <summary>A process to start. Program is a path; Environment has NAME=value.</summary>
internal sealed record SpawnRequest(
    string Program, IReadOnlyList<string> Arguments, IReadOnlyList<string> Environment, string WorkingDirectory);
