using System.Diagnostics;
using System.Text;

namespace Harness.Testing;

/// <summary>What a program printed and how it ended, after it ran to its end.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to stdout.</param>
/// <param name="Errors">What it wrote to stderr.</param>
public sealed record ProgramRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromMinutes(3);

    /// <summary>Runs a program and waits for its end; it is killed when it has not ended after three minutes.</summary>
    public static async Task<ProgramRun> OfAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(SafetyNet);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', start.ArgumentList)} had not ended after {SafetyNet}. It printed: {await output}{await errors}");
        }

        return new ProgramRun(process.ExitCode, await output, await errors);
    }

    /// <summary>The output of a run that must have gone well.</summary>
    /// <exception cref="InvalidOperationException">It ended otherwise; the message says what it printed.</exception>
    public string MustSucceed() => ExitCode == 0
        ? Output
        : throw new InvalidOperationException(new StringBuilder("Ended with ").Append(ExitCode).AppendLine(":").Append(Output).Append(Errors).ToString());
}
