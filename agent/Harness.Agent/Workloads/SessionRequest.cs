using System.Collections.Immutable;

namespace Harness.Agent.Workloads;

/// <summary>A command to run beside a container. Without <paramref name="Input"/> it reads an end at once.</summary>
internal sealed record SessionRequest(ImmutableArray<string> CommandLine, bool Input, bool Terminal, WindowSize Size);
