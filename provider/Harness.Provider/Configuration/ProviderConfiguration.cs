namespace Harness.Provider.Configuration;

/// <summary>The whole configuration, read once at start (<see cref="ConfigurationFile"/>). Immutable.</summary>
internal sealed record ProviderConfiguration
{
    public string Region { get; init; } = "us-west-2";
    public string ClusterName { get; init; } = "aws-virtual-kubelet";
    public required string ManagementSubnet { get; init; }
    public TimeSpan AwsClientTimeout { get; init; } = TimeSpan.FromSeconds(30);
    public TimeSpan AwsClientDialerTimeout { get; init; } = TimeSpan.FromSeconds(5);
    public TimeSpan StatusInterval { get; init; } = TimeSpan.FromSeconds(15);
    public VmConfiguration Vm { get; init; } = new();
    public BootstrapConfiguration Bootstrap { get; init; } = new();
    public HealthConfiguration Health { get; init; } = new();
    public AgentConfiguration Agent { get; init; } = new();
    public IReadOnlyList<WarmPoolConfiguration> WarmPools { get; init; } = [];
    public NodeConfiguration Node { get; init; } = new();
    public LimitsConfiguration Limits { get; init; } = new();
    public SweepConfiguration Sweep { get; init; } = new();
    public TimingConfiguration Timing { get; init; } = new();
    public KubeletConfiguration Kubelet { get; init; } = new();

    /// <summary>Where each EC2 mutation is written as a line of JSON; null: to the log alone.</summary>
    public string? AuditLog { get; init; }

    public static ProviderConfiguration Read(ConfigurationSection root) => new()
    {
        Region = root.Text("Region", "us-west-2"),
        ClusterName = root.Text("ClusterName", "aws-virtual-kubelet"),
        ManagementSubnet = root.RequiredText("ManagementSubnet", "subnet-0123456789abcdef0"),
        AwsClientTimeout = root.Seconds("AWSClientTimeoutSeconds", 30, 0.1),
        AwsClientDialerTimeout = root.Seconds("AWSClientDialerTimeoutSeconds", 5, 0.1),
        StatusInterval = root.Seconds("StatusIntervalSeconds", 15, 0.1),
        Vm = VmConfiguration.Read(root.Section("VMConfig")),
        Bootstrap = BootstrapConfiguration.Read(root.Section("BootstrapAgent")),
        Health = HealthConfiguration.Read(root.Section("HealthConfig")),
        Agent = AgentConfiguration.Read(root.Section("VKVMAgentConnectionConfig")),
        WarmPools = [.. root.Sections("WarmPoolConfig").Select(WarmPoolConfiguration.Read)],
        Node = NodeConfiguration.Read(root.Section("Node")),
        Limits = LimitsConfiguration.Read(root.Section("Limits")),
        Sweep = SweepConfiguration.Read(root.Section("Sweep")),
        Timing = TimingConfiguration.Read(root.Section("Timing")),
        Kubelet = KubeletConfiguration.Read(root.Section("Kubelet")),
        AuditLog = root.Text("AuditLog"),
    };
}
