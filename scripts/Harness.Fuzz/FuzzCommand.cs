using System.CommandLine;

namespace Harness.Fuzz;

/// <summary>The program's command line. Exit codes: 0 good, 1 the agent failed, 2 usage, 3 environment.</summary>
internal static class FuzzCommand
{
    private const int BadEnvironment = 3;

    public static RootCommand Build(TextWriter output, TextWriter errors)
    {
        var defaults = new FuzzOptions { Agent = "" };
        var agent = new Option<string>("--agent") { Description = "The vkvm-agent program to start and fuzz.", Required = true };
        var seconds = new Option<int>("--seconds") { Description = "How long cases are sent.", DefaultValueFactory = _ => (int)defaults.Duration.TotalSeconds };
        var seed = new Option<int>("--seed") { Description = "Gives the same cases again.", DefaultValueFactory = _ => defaults.Seed };
        var workers = new Option<int>("--workers") { Description = "Connections at once.", DefaultValueFactory = _ => defaults.Workers };
        var growth = new Option<int>("--max-growth")
        {
            Description = "By how many MiB the agent's private memory may grow.",
            DefaultValueFactory = _ => defaults.MaxGrowthMebibytes,
        };
        var command = new RootCommand("Sends broken frames, headers and messages, and floods of good ones, to a vkvm-agent's lifecycle port.")
        {
            agent, seconds, seed, workers, growth,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new FuzzOptions
            {
                Agent = parsed.GetRequiredValue(agent),
                Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                Seed = parsed.GetValue(seed),
                Workers = parsed.GetValue(workers),
                MaxGrowthMebibytes = parsed.GetValue(growth),
            },
            output,
            errors,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(FuzzOptions options, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (!File.Exists(options.Agent))
        {
            await errors.WriteLineAsync($"fuzz-agent: there is no program {options.Agent}; build the agent, or name another with --agent.");
            return BadEnvironment;
        }

        var report = await new FuzzRun(options, TimeProvider.System, output).RunAsync(cancellationToken);
        await output.WriteLineAsync(report.ToString());
        return report.IsGood ? 0 : 1;
    }
}
