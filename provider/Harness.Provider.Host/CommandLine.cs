using System.CommandLine;
using System.Net;
using Harness.Provider.Configuration;
using Harness.Provider.Runtime;

namespace Harness.Provider.Host;

/// <summary>The commands of vk-provider. Exit codes: 0 good, 1 failed, 2 usage or configuration, 3 environment.</summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int Usage = 2;
    private const int BadEnvironment = 3;

    private static readonly Option<string> Config = new("--config")
    {
        Description = "Configuration file (JSON).", HelpName = "FILE", DefaultValueFactory = static _ => "/etc/config/config.json",
    };

    private static readonly Option<string?> KubeConfig = new("--kubeconfig")
    {
        Description = "Kubeconfig file; without it the pod's service account, KUBECONFIG or ~/.kube/config.", HelpName = "FILE",
    };

    private static readonly Option<IPAddress> NodeIp = new("--node-ip")
    {
        Description = "Address at which API servers reach this provider (the node's InternalIP).", HelpName = "IP", Required = true,
        CustomParser = static result => Read(result, IPAddress.TryParse(result.Tokens[0].Value, out var ip) ? ip : null, "an IP address"),
    };

    private static readonly Option<int> KubeletPort = new("--kubelet-port")
    {
        Description = "HTTPS port for logs and health; 0 for any free one.", HelpName = "PORT", DefaultValueFactory = static _ => 10250,
    };

    private static readonly Option<IPEndPoint> MetricsAddress = new("--metrics-address")
    {
        Description = "Address of /metrics and /healthz (HTTP).", HelpName = "IP:PORT", DefaultValueFactory = static _ => new IPEndPoint(IPAddress.Any, 10256),
        CustomParser = static result =>
            Read(result, IPEndPoint.TryParse(result.Tokens[0].Value, out var address) ? address : null, "an address like 0.0.0.0:10256"),
    };

    private static readonly Option<LogFormat> Format = new("--log-format") { Description = "text or json.", DefaultValueFactory = static _ => LogFormat.Text };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Log each step." };

    public static RootCommand Build()
    {
        var run = new Command("run", "Runs the virtual kubelet: one node, one EC2 instance a pod.")
        {
            Config, KubeConfig, NodeIp, KubeletPort, MetricsAddress, Format, Verbose,
        };
        run.SetAction((result, cancellationToken) => Guarded(() => RunAsync(result, cancellationToken)));
        var check = new Command("check-config", "Reads a configuration file and says what is wrong with it.") { Config };
        check.SetAction((result, _) => Guarded(() => Check(result.GetValue(Config)!)));
        return new RootCommand("A virtual kubelet that runs each pod on an EC2 instance of its own.") { run, check };
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        using var loggers = Logging.Make(result.GetValue(Format), result.GetValue(Verbose));
        var options = new ProviderOptions
        {
            ConfigPath = result.GetValue(Config)!,
            KubeConfig = result.GetValue(KubeConfig),
            NodeIp = result.GetValue(NodeIp)!,
            KubeletPort = result.GetValue(KubeletPort),
            MetricsAddress = result.GetValue(MetricsAddress)!,
            PodName = Environment.GetEnvironmentVariable("POD_NAME"),
            Version = typeof(CommandLine).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "",
        };
        await new ProviderProgram(options, TimeProvider.System, loggers).RunAsync(cancellationToken);
        return 0;
    }

    private static Task<int> Check(string path)
    {
        var warnings = ProviderProgram.CheckConfiguration(path);
        foreach (var warning in warnings)
        {
            Console.WriteLine($"warning: {warning}");
        }

        Console.WriteLine($"{path}: good{(warnings.Count == 0 ? "" : $", {warnings.Count} warnings")}");
        return Task.FromResult(0);
    }

    private static async Task<int> Guarded(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (ConfigurationException exception)
        {
            return Say(exception.Message, Usage);
        }
        catch (EnvironmentException exception)
        {
            return Say(exception.Message, BadEnvironment);
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
#pragma warning disable CA1031 // The program's edge: one line, and exit code 1.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Say(exception.ToString(), Failed);
        }
    }

    private static int Say(string message, int exitCode)
    {
        Console.Error.WriteLine($"vk-provider: {message}");
        return exitCode;
    }

    private static T? Read<T>(System.CommandLine.Parsing.ArgumentResult result, T? value, string what) where T : class
    {
        if (value is null)
        {
            result.AddError($"\"{result.Tokens[0].Value}\" is not {what}.");
        }

        return value;
    }
}
