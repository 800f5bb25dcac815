using System.CommandLine;
using System.CommandLine.Parsing;
using Harness.Simulator.Hosts;

namespace Harness.Simulator.Host.Commands;

/// <summary>Options that several commands take, and how their values are read.</summary>
internal static class SharedOptions
{
    public static Option<string> Directory() => new("--dir")
    {
        Description = "The folder that the simulator keeps all its files in.",
        DefaultValueFactory = _ => ".sim",
        HelpName = "FOLDER",
    };

    public static Option<string?> Agent() => new("--agent")
    {
        Description = "The command that each instance boots instead of the reference agent; {address}, {port} and {state} stand for where it listens and a folder of its own.",
        HelpName = "COMMAND",
    };

    /// <summary>The agent that a command line names; the reference agent where it names none.</summary>
    public static AgentCommand AgentOf(string? command)
    {
        if (command is null)
        {
            return AgentCommand.Reference(ProgramFiles.Agent);
        }

        var words = CommandLineParser.SplitCommandLine(command).ToList();
        return new AgentCommand(words[0], words[1..]);
    }

    /// <summary>A duration such as 0s, 500ms, 40s or 6m.</summary>
    public static Option<TimeSpan> Duration(string name, string description, TimeSpan fallback) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => fallback,
        HelpName = "DURATION",
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (DurationText.TryParse(text, out var duration))
            {
                return duration;
            }

            result.AddError($"{name} '{text}' is not a duration: write a number and a unit, such as 0s, 500ms, 40s or 6m.");
            return TimeSpan.Zero;
        },
    };
}
