using Harness.Simulator.Composition;
using Harness.Simulator.Ec2;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Clouds;

/// <summary>The emulated EC2 inside this process; it tells the hosts itself when an instance starts and ends. One owner.</summary>
internal sealed class EmbeddedCloud : ICloud
{
    private readonly SeedWorld _world;

    private EmbeddedCloud(Ec2Simulator ec2, SeedWorld world)
    {
        Ec2 = ec2;
        _world = world;
    }

    public string Description => "embedded";

    public Uri Endpoint => Ec2.Endpoint;

    public string Region => _world.Region;

    public CloudResources Resources { get; } =
        new(SeedWorld.DefaultSubnetId, SeedWorld.AgentSecurityGroupId, SeedWorld.LinuxX64ImageId, "agents", "vkvm-agent");

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = Endpoint.ToString(),
        ["AWS_REGION"] = Region,
        ["AWS_ACCESS_KEY_ID"] = "AKIASIMULATEDACCOUNT",
        ["AWS_SECRET_ACCESS_KEY"] = "simulated",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    /// <summary>The emulated EC2 itself, for tests that look inside.</summary>
    public Ec2Simulator Ec2 { get; }

    public static async Task<EmbeddedCloud> StartAsync(CloudSite site, CancellationToken cancellationToken)
    {
        var world = SeedWorld.Create(Ipv4Block.Parse(site.Block.Cidr));
        var settings = new Ec2SimulatorOptions
        {
            ListenOn = PortChoice.Prefer(site.Block.ControlAddress, PortChoice.Ec2),
            Seed = site.Options.Seed,
            World = world,
            Host = site.Hosts,
            BootDelay = site.Options.BootDelay,
        };
        return new EmbeddedCloud(await Ec2Simulator.StartAsync(settings, site.Time, site.Loggers, cancellationToken), world);
    }

    public IReadOnlyDictionary<string, string> InstanceNames() =>
        Ec2.Snapshot()
            .Where(instance => instance.Tags.ContainsKey("Name"))
            .ToDictionary(instance => instance.InstanceId, instance => instance.Tags["Name"]);

    public ValueTask DisposeAsync() => Ec2.DisposeAsync();
}
