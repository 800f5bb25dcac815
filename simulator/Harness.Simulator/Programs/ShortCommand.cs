using System.ComponentModel;
using System.Diagnostics;

namespace Harness.Simulator.Programs;

/// <summary>Runs a program that answers and ends, such as <c>ip</c> or <c>docker inspect</c>, and reads what it says. Stateless.</summary>
internal static class ShortCommand
{
    /// <summary>Runs the program with the given environment and no input; it is killed when it does not end within the patience.</summary>
    /// <exception cref="ProgramStartException">The program is not there, or did not end in time.</exception>
    public static async Task<CommandResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        TimeSpan patience,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments, environment);
        process.StandardInput.Close();
        using var late = new CancellationTokenSource(patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(both.Token);
            var error = process.StandardError.ReadToEndAsync(both.Token);
            await process.WaitForExitAsync(both.Token);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new ProgramStartException($"'{program} {string.Join(' ', arguments)}' did not end within {patience.TotalSeconds:0} s.");
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start) ?? throw new ProgramStartException($"'{program}' could not be started.");
        }
        catch (Win32Exception exception)
        {
            throw new ProgramStartException($"'{program}' could not be started: {exception.Message}.", exception);
        }
    }
}
