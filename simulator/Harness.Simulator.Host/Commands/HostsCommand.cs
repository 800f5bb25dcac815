using System.CommandLine;
using Harness.Ec2.Model;
using Harness.Simulator.Clouds;
using Harness.Simulator.Composition;
using Harness.Simulator.State;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Host.Commands;

/// <summary><c>sim hosts</c>: hosts for the instances of an EC2 that runs elsewhere, until asked to end.</summary>
internal static class HostsCommand
{
    private static readonly Option<string> Directory = SharedOptions.Directory();

    private static readonly Option<Uri?> Endpoint = Ec2Options.Endpoint(required: true);

    private static readonly Option<string> Region = Ec2Options.Region();

    private static readonly Option<string> Interface = new("--interface")
    {
        Description = "The network interface that each host's address is added to (and removed from); needs CAP_NET_ADMIN and iproute2.",
        DefaultValueFactory = _ => "eth0",
        HelpName = "NAME",
    };

    private static readonly Option<int> AgentPort = new("--agent-port")
    {
        Description = "Where each agent listens, on its instance's private address.",
        DefaultValueFactory = _ => 8200,
        HelpName = "PORT",
    };

    private static readonly Option<string[]> Filters = new("--filter")
    {
        Description = "A filter of DescribeInstances, such as vpc-id=vpc-1 or tag:ClusterName=sim; may be given again. Without one, every instance of the region.",
        HelpName = "NAME=VALUE[,VALUE]",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<TimeSpan> BootDelay =
        SharedOptions.Duration("--boot-delay", "How long an instance takes from launch until its agent starts, such as 0s, 500ms or 40s.", TimeSpan.FromMilliseconds(500));

    private static readonly Option<string?> Agent = SharedOptions.Agent();

    public static Command Create()
    {
        var command = new Command("hosts", "Runs a host with an agent for each instance of another EC2, at the instance's private address, until Ctrl-C.")
        {
            Directory, Endpoint, Region, Interface, AgentPort, Filters, BootDelay, Agent,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Interface) is { Length: > FollowedHostsOptions.MaxInterfaceLength })
            {
                result.AddError($"--interface must have at most {FollowedHostsOptions.MaxInterfaceLength} characters.");
            }

            if (result.GetResult(AgentPort) is { Tokens.Count: 1 } && result.GetValue(AgentPort) is not (>= 1 and <= 65535))
            {
                result.AddError("--agent-port must be 1 to 65535.");
            }

            foreach (var filter in result.GetValue(Filters) ?? [])
            {
                if (filter.IndexOf('=', StringComparison.Ordinal) < 1)
                {
                    result.AddError($"--filter '{filter}' is not NAME=VALUE.");
                }
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(Options(parsed), cancellationToken));
        return command;
    }

    private static FollowedHostsOptions Options(ParseResult parsed) => new()
    {
        Directory = new SimDirectory(parsed.GetRequiredValue(Directory)),
        Access = CloudAccess.FromEnvironment(parsed.GetValue(Endpoint)!, parsed.GetValue(Region), Environment.GetEnvironmentVariable),
        Agent = SharedOptions.AgentOf(parsed.GetValue(Agent)),
        Interface = parsed.GetRequiredValue(Interface),
        AgentPort = parsed.GetValue(AgentPort),
        Filters = [.. parsed.GetRequiredValue(Filters).Select(FilterOf)],
        BootDelay = parsed.GetValue(BootDelay),
    };

    private static Filter FilterOf(string text)
    {
        var (name, values) = (text[..text.IndexOf('=', StringComparison.Ordinal)], text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        return new Filter(name, values.Split(','));
    }

    private static async Task<int> RunAsync(FollowedHostsOptions options, CancellationToken cancellationToken)
    {
        using var stop = new StopSignals(cancellationToken);
        using var loggers = LoggerFactory.Create(builder => builder
            .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "))
            .SetMinimumLevel(LogLevel.Information));
        try
        {
            await using var hosts = await FollowedHosts.StartAsync(options, TimeProvider.System, loggers, stop.Token);
            await Console.Out.WriteLineAsync($"Following the instances of {options.Access}; their agents answer at their private addresses, port {options.AgentPort}, on {options.Interface}");
            await stop.Asked;
            return ExitCode.Good;
        }
        catch (SimulatorStartException exception)
        {
            await Console.Error.WriteLineAsync($"sim: {exception.Message}");
            return ExitCode.Environment;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return ExitCode.Failed;
        }
    }
}
