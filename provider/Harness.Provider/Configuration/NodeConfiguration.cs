namespace Harness.Provider.Configuration;

/// <summary>Our own section <c>Node</c>: what the node offers and how it presents itself.</summary>
internal sealed record NodeConfiguration
{
    /// <summary>The value of the taint <c>virtual-kubelet.io/provider</c>.</summary>
    public string ProviderName { get; init; } = "aws";
    public string Cpu { get; init; } = "20";
    public string Memory { get; init; } = "40Gi";
    public string Storage { get; init; } = "40Gi";
    public int Pods { get; init; } = 200;
    public string OperatingSystem { get; init; } = "linux";
    public string Architecture { get; init; } = "amd64";
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(40);
    public TimeSpan LeaseRenewal { get; init; } = TimeSpan.FromSeconds(10);
    public TimeSpan StatusPeriod { get; init; } = TimeSpan.FromSeconds(60);

    public static NodeConfiguration Read(ConfigurationSection section) => new()
    {
        ProviderName = section.Text("ProviderName", "aws"),
        Cpu = section.Text("Cpu", "20"),
        Memory = section.Text("Memory", "40Gi"),
        Storage = section.Text("Storage", "40Gi"),
        Pods = section.Integer("Pods", 200, 1, 100_000),
        OperatingSystem = section.Text("OperatingSystem", "linux"),
        Architecture = section.Text("Architecture", "amd64"),
        Labels = section.TextMap("Labels"),
        LeaseDuration = section.Seconds("LeaseDurationSeconds", 40, 1),
        LeaseRenewal = section.Seconds("LeaseRenewalSeconds", 10, 0.1),
        StatusPeriod = section.Seconds("StatusPeriodSeconds", 60, 0.1),
    };
}
