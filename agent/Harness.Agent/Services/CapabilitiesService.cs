using System.Reflection;
using System.Runtime.InteropServices;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Harness.Agent.Contract.V1;
using Harness.Agent.Launching;
using Harness.Agent.Ports;
using Harness.Agent.Serving;
using Harness.Agent.Sessions;
using Harness.Agent.Workloads;

namespace Harness.Agent.Services;

/// <summary>vkvmagent.v1.Capabilities: what this agent can do, the same for as long as it runs. Thread-safe.</summary>
internal sealed class CapabilitiesService(AgentOptions options, PortServices served, RunIdentity run, IWorkloadRuntime runtime) : Capabilities.CapabilitiesBase
{
    private const string ContractVersion = "1.0";
    private const ulong MaxRequestBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan FirstMessage = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Change = TimeSpan.FromSeconds(2);

    private static readonly string[] Features =
    [
        "PerServiceHealth", "Draining", "Relaunch", "GracePeriod", "ManyWatchers", "RestartPolicies", "InitContainers", "MultipleContainers",
        "Probes", "Environment", "ActiveDeadline", "LifecycleHooks", "SurvivesRestart",
    ];

    private static readonly string[] BootstrapFeatures = ["Bootstrap", "SecuredLifecycle"];

    public override Task<GetCapabilitiesResponse> GetCapabilities(GetCapabilitiesRequest request, ServerCallContext context)
    {
        var response = new GetCapabilitiesResponse
        {
            Implementation = Implementation(),
            ContractVersion = ContractVersion,
            RunId = run.Id,
            Features = { Features, options.Bootstrap is null ? [] : BootstrapFeatures, InstanceFeatures(runtime.Abilities.Instance.Value) },
            Services = { served.Names.Order(StringComparer.Ordinal) },
            Limits = new Limits
            {
                MaxRequestBytes = MaxRequestBytes,
                MaxVolumeBytes = PodInputsService.MaximumBytes,
                MaxVolumeFiles = PodInputsService.MaximumFiles,
                MaxSessions = SessionLimits.Sessions,
                MaxForwardedConnections = PortForwardService.MaxConnections,
                KeptLogBytes = (ulong)Logs.LogLimits.Default.KeptBytes,
            },
            Timings = new Timings { FirstMessage = FirstMessage.ToDuration(), Change = Change.ToDuration() },
        };
        return Task.FromResult(response);
    }

    /// <summary>What depends on what the instance gives the agent.</summary>
    private static IEnumerable<string> InstanceFeatures(InstanceAbilities instance)
    {
        if (instance.Namespaces)
        {
            yield return "Volumes";
        }

        if (instance.Cgroups)
        {
            yield return "MemoryLimits";
        }
    }

    private static Implementation Implementation() => new()
    {
        Name = "vkvm-agent",
        Version = typeof(CapabilitiesService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
        OperatingSystem = OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin" : "windows",
        Architecture = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "amd64",
            Architecture.Arm64 => "arm64",
            var other => other.ToString().ToLowerInvariant(),
        },
    };
}
