using Harness.Provider.Lifecycle;

namespace Harness.Provider.Configuration;

/// <summary>What the core decides by, out of the configuration. Pure.</summary>
internal static class PolicyReader
{
    public static PodPolicy ToPolicy(this ProviderConfiguration configuration) => new()
    {
        Defaults = new LaunchWishes
        {
            ImageId = configuration.Vm.DefaultAmi,
            InstanceType = configuration.Vm.DefaultInstanceType,
            SubnetId = configuration.Vm.DefaultSubnet ?? configuration.ManagementSubnet,
            SecurityGroups = string.Join(',', configuration.Vm.InitialSecurityGroups),
            InstanceProfile = configuration.Vm.DefaultInstanceProfile,
            KeyPair = configuration.Vm.DefaultKeyPair,
        },
        ConnectTimeout = configuration.Agent.Timeout,
        ConnectBackoff = configuration.Agent.Backoff,
        EagerFor = configuration.Agent.EagerFor,
        OnAgentTimeout = configuration.Agent.OnTimeout,
        LaunchBackoff = configuration.Timing.Launch,
        RequestBackoff = configuration.Timing.Request,
        LookupDelay = configuration.Timing.LookupDelay,
        CheckInterval = configuration.Health.HealthCheckInterval,
        StreamRetry = configuration.Health.StreamRetryInterval,
        UnhealthyThreshold = configuration.Health.UnhealthyThresholdCount,
        UnhealthyMax = configuration.Health.UnhealthyMaxCount,
        FinishedRetention = configuration.Timing.FinishedRetention,
        MissingGrace = configuration.Timing.MissingGrace,
    };
}
