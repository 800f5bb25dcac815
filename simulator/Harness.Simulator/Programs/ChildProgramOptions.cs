namespace Harness.Simulator.Programs;

/// <summary>What a child program is started with.</summary>
public sealed record ChildProgramOptions
{
    /// <summary>What logs call it, e.g. <c>agent i-0123</c>.</summary>
    public required string Name { get; init; }

    /// <summary>A path, or a name to be found on the PATH of <see cref="Environment"/>.</summary>
    public required string Program { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The whole environment: nothing is inherited.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required string WorkingDirectory { get; init; }

    /// <summary>Where stdout and stderr are appended.</summary>
    public required string LogFile { get; init; }
}
