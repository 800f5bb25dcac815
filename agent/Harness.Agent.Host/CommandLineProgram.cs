using System.CommandLine;

namespace Harness.Agent.Host;

/// <summary>Runs a command line; what is wrong with it goes to stderr in one line each, and exit code 2.</summary>
internal sealed class CommandLineProgram(RootCommand root)
{
    private const int Usage = 2;

    public async Task<int> RunAsync(string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"vkvm-agent: {error.Message}");
            }

            return Usage;
        }

        // The agent's host handles SIGTERM and SIGINT itself, with its own time to drain.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }
}
