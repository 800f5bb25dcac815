using System.CommandLine;
using System.CommandLine.Parsing;
using Harness.Agent.Applications;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Host;

/// <summary>The program's command line. Exit codes: 0 good, 1 failed, 2 usage, 3 environment.</summary>
internal static class CommandLine
{
    private static readonly Option<AgentEndpoint[]> Listen = new("--listen")
    {
        Description = "Where to serve in plaintext: IP:PORT (port 0: any free one) or unix:/path. May be given several times.",
        HelpName = "IP:PORT|unix:/path",
        AllowMultipleArgumentsPerToken = false,
        CustomParser = ParseEndpoints,
    };

    private static readonly Option<string> StateDirectory = new("--state-dir")
    {
        Description = "The folder for the agent's state, logs and workloads' folders; one agent each. Made when missing.",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly BootstrapArguments Bootstrap = new();

    private static readonly Option<IsolationLevel> Isolation = new("--isolation")
    {
        Description = "How far workloads are kept apart from the instance, at least: None, Preferred (all that the instance gives) or Required.",
        DefaultValueFactory = _ => IsolationLevel.Preferred,
    };

    private static readonly Option<string[]> HostPaths = new("--host-path")
    {
        Description = "A folder of the instance that pods may mount as a hostPath volume, with what is below it. May be given several times.",
        HelpName = "FOLDER",
    };

    private static readonly Option<int> MaximumProcesses = new("--max-processes")
    {
        Description = "The most processes and threads of a container.",
        DefaultValueFactory = _ => 4096,
    };

    private static readonly Option<bool> EndWorkloads = new("--end-workloads-on-stop")
    {
        Description = "SIGTERM ends the pod within its grace period (20 s at most). Without it the pod goes on and the next agent adopts it.",
    };

    private static readonly Option<LogFormat> Format = new("--log-format")
    {
        Description = "How log lines are written to stderr.",
        DefaultValueFactory = _ => LogFormat.Text,
    };

    private static readonly Option<LogLevel> Level = new("--log-level")
    {
        Description = "The least level that is logged.",
        DefaultValueFactory = _ => LogLevel.Information,
    };

    public static CommandLineProgram Build()
    {
        var run = new Command("run", "Serves the agent contract and runs the launched pod until SIGTERM or SIGINT.") { Listen, StateDirectory, Isolation, HostPaths, MaximumProcesses, EndWorkloads, Format, Level };
        Bootstrap.AddTo(run);
        run.Validators.Add(RequireOneWay);
        run.SetAction((parsed, cancellationToken) => new AgentProgram(Console.Error).RunAsync(
            new AgentOptions
            {
                Listen = parsed.GetValue(Listen) ?? [],
                Bootstrap = Bootstrap.Read(parsed),
                StateDirectory = parsed.GetRequiredValue(StateDirectory),
                Isolation = parsed.GetValue(Isolation),
                HostPaths = parsed.GetValue(HostPaths) ?? [],
                MaximumProcesses = parsed.GetValue(MaximumProcesses),
                EndWorkloadsOnStop = parsed.GetValue(EndWorkloads),
                HandleSignals = true,
            },
            parsed.GetValue(Format),
            parsed.GetValue(Level),
            cancellationToken));
        return new CommandLineProgram(new RootCommand("Runs the application of one Kubernetes pod on this instance, as asked by a virtual kubelet.") { run });
    }

    private static void RequireOneWay(CommandResult result)
    {
        var listens = result.GetResult(Listen) is not null;
        if (listens == Bootstrap.IsAsked(result))
        {
            result.AddError(listens
                ? "--listen and --bootstrap exclude each other: give one of them"
                : "give --listen (plaintext) or --bootstrap (on an instance)");
        }
    }

    private static AgentEndpoint[] ParseEndpoints(ArgumentResult result)
    {
        var endpoints = new List<AgentEndpoint>();
        foreach (var token in result.Tokens)
        {
            if (AgentEndpoint.TryParse(token.Value, out var endpoint, out var problem))
            {
                endpoints.Add(endpoint);
            }
            else
            {
                result.AddError("--listen: " + problem);
            }
        }

        return [.. endpoints];
    }
}
