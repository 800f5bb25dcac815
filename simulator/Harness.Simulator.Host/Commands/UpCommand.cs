using System.CommandLine;
using Harness.Simulator.Clusters;
using Harness.Simulator.Clusters.Foreign;
using Harness.Simulator.Composition;
using Harness.Simulator.State;

namespace Harness.Simulator.Host.Commands;

/// <summary><c>sim up</c>: starts a simulator, in the foreground until Ctrl-C or detached.</summary>
internal static class UpCommand
{
    private static readonly Option<string> Directory = SharedOptions.Directory();

    private static readonly Option<bool> Detach = new("--detach", "-d") { Description = "Return once all is Ready and leave the simulator running; 'sim down' ends it." };

    private static readonly Option<TimeSpan> BootDelay =
        SharedOptions.Duration("--boot-delay", "How long an instance takes from launch to running, such as 0s, 500ms or 40s.", TimeSpan.FromMilliseconds(500));

    private static readonly Option<TimeSpan> Timeout =
        SharedOptions.Duration("--timeout", "How long the virtual node may take to become Ready.", TimeSpan.FromSeconds(60));

    private static readonly Option<int?> Block = new("--block") { Description = "N of the hosts' addresses 127.N.0.0/16, 1 to 254; any free one by default.", HelpName = "N" };

    private static readonly Option<int?> AgentPort =
        new("--agent-port") { Description = "The port that agents are reached on; 8200 by default where it is free, else any free one.", HelpName = "PORT" };

    private static readonly Option<int> ControlPort = new("--control-port")
    {
        Description = "The port of the simulator's own endpoint on the first address of its block.",
        DefaultValueFactory = _ => 8199,
        HelpName = "PORT",
    };

    private static readonly Option<int> Seed = new("--seed") { Description = "Seeds EC2's identifiers.", DefaultValueFactory = _ => 1, HelpName = "NUMBER" };

    private static readonly Option<string?> Agent = SharedOptions.Agent();

    private static readonly Option<string> Ec2 = Ec2Options.Kind();

    private static readonly Option<Uri?> Ec2Endpoint = Ec2Options.Endpoint(required: false);

    private static readonly Option<string> Ec2Region = Ec2Options.Region();

    private static readonly Option<string?> Ec2Cidr = Ec2Options.Cidr();

    public static Command Create()
    {
        var command = new Command("up", "Starts the local cluster and runs it until Ctrl-C.")
        {
            Directory, Detach, BootDelay, Timeout, Block, AgentPort, ControlPort, Seed, Agent, Ec2, Ec2Endpoint, Ec2Region, Ec2Cidr,
        };
        ClusterOptions.AddTo(command);
        command.Validators.Add(result =>
        {
            Check(result.GetValue(Block) is null or (>= 1 and <= 254), "--block must be 1 to 254.");
            Check(result.GetValue(AgentPort) is null or (>= 1 and <= 65535), "--agent-port must be 1 to 65535.");
            Check(result.GetResult(ControlPort) is not { Tokens.Count: 1 } || result.GetValue(ControlPort) is >= 1 and <= 65535, "--control-port must be 1 to 65535.");

            Ec2Options.Check(result, Ec2, Ec2Endpoint, Ec2Cidr);

            void Check(bool holds, string message)
            {
                if (!holds)
                {
                    result.AddError(message);
                }
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = Options(parsed);
        if (ClusterOptions.DryRunOf(parsed) is { } foreign)
        {
            return TellAsync(foreign, options.Directory, cancellationToken);
        }

        return parsed.GetValue(Detach)
            ? DetachedSimulator.RunAsync(options, Arguments(parsed), cancellationToken)
            : ForegroundSimulator.RunAsync(options, cancellationToken);
    }

    private static async Task<int> TellAsync(ClusterChoice.Foreign cluster, SimDirectory directory, CancellationToken cancellationToken)
    {
        try
        {
            return await ForeignClusterPlan.TellAsync(cluster, directory.Root, Console.Out, TimeProvider.System, cancellationToken) ? ExitCode.Good : ExitCode.Failed;
        }
        catch (SimulatorStartException exception)
        {
            await Console.Error.WriteLineAsync($"sim: {exception.Message}");
            return ExitCode.Environment;
        }
    }

    private static SimulationOptions Options(ParseResult parsed) => new()
    {
        Directory = new SimDirectory(parsed.GetRequiredValue(Directory)),
        ProviderProgram = ProgramFiles.Provider,
        Agent = SharedOptions.AgentOf(parsed.GetValue(Agent)),
        Cluster = ClusterOptions.Of(parsed),
        Cloud = Ec2Options.Choose(parsed, Ec2, Ec2Endpoint, Ec2Region, Ec2Cidr),
        Block = parsed.GetValue(Block),
        ControlPort = parsed.GetValue(ControlPort),
        AgentPort = parsed.GetValue(AgentPort),
        BootDelay = parsed.GetValue(BootDelay),
        StartTimeout = parsed.GetValue(Timeout),
        Seed = parsed.GetValue(Seed),
    };

    /// <summary>The same command line without <c>--detach</c>, for the process that stays.</summary>
    private static List<string> Arguments(ParseResult parsed) =>
        [.. parsed.Tokens.Select(token => token.Value).Where(word => !Detach.Aliases.Append(Detach.Name).Contains(word))];
}
