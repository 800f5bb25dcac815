namespace Harness.Simulator.Programs;

/// <summary>How a short command ended. A value.</summary>
/// <param name="ExitCode">0 where it did what it was asked.</param>
/// <param name="Output">What it wrote to stdout.</param>
/// <param name="Error">What it wrote to stderr.</param>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>What it said when it failed, in one piece.</summary>
    public string Complaint => (Error.Trim(), Output.Trim()) switch
    {
        ({ Length: > 0 } error, _) => error,
        (_, { Length: > 0 } output) => output,
        _ => $"it ended with exit code {ExitCode}",
    };
}
