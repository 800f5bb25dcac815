using Harness.Simulator.Clouds.Foreign;
using Harness.Simulator.Composition;

namespace Harness.Simulator.Clouds.LocalStack;

/// <summary>
/// LocalStack in a container of this simulator's own: started, waited for until EC2 is there, used as any other EC2 at a URL, removed at the
/// end with all that is in it. One owner.
/// </summary>
internal sealed class LocalStackCloud : ICloud
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly LocalStackContainer _container;
    private readonly EndpointCloud _cloud;
    private readonly string? _version;

    private LocalStackCloud(LocalStackContainer container, EndpointCloud cloud, string? version)
    {
        _container = container;
        _cloud = cloud;
        _version = version;
    }

    public string Description => $"LocalStack {_version ?? "of unknown version"} in {_container.Image}";

    public Uri Endpoint => _cloud.Endpoint;

    public string Region => _cloud.Region;

    public CloudResources Resources => _cloud.Resources;

    public IReadOnlyDictionary<string, string> Environment => _cloud.Environment;

    /// <exception cref="SimulatorStartException">docker, the image or what runs in it is not as needed; the message says what to do.</exception>
    public static async Task<LocalStackCloud> StartAsync(CloudChoice.LocalStack choice, CloudSite site, CancellationToken cancellationToken)
    {
        var docker = new DockerCommand(choice.Variable, site.Time);
        await docker.CheckAsync(cancellationToken);
        site.Ledger.ContainerUsed(site.Owner);
        await LocalStackContainer.RemoveAllAsync(docker, site.Owner, cancellationToken);
        var publishOn = PortChoice.Prefer(site.Block.ControlAddress, PortChoice.Ec2);
        var container = await LocalStackContainer.CreateAsync(docker, site.Owner, publishOn, choice.Variable, site.Progress, cancellationToken);
        try
        {
            var endpoint = await container.StartAsync(cancellationToken);
            site.Progress.Report($"LocalStack starts at {endpoint}");
            var health = await HealthyAsync(container, endpoint, site.Time, cancellationToken);
            var access = CloudAccess.FromEnvironment(endpoint, choice.Region, choice.Variable);
            var cloud = await EndpointCloud.StartAsync(new CloudChoice.Endpoint(access, choice.Cidr), site, cancellationToken);
            return new LocalStackCloud(container, cloud, health.Version);
        }
        catch
        {
            await container.RemoveAsync(CancellationToken.None);
            throw;
        }
    }

    public IReadOnlyDictionary<string, string> InstanceNames() => _cloud.InstanceNames();

    public async ValueTask DisposeAsync()
    {
        await _cloud.DisposeAsync();
        await _container.RemoveAsync(CancellationToken.None);
    }

    private static async Task<LocalStackHealth> HealthyAsync(LocalStackContainer container, Uri endpoint, TimeProvider time, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var since = time.GetTimestamp();
        while (true)
        {
            if (await LocalStackHealth.ReadAsync(client, endpoint, cancellationToken) is { OffersEc2: true } health)
            {
                return health;
            }

            if (!await container.IsRunningAsync(cancellationToken))
            {
                throw await container.FailedAsync("ended before it was healthy", cancellationToken);
            }

            if (time.GetElapsedTime(since) > StartPatience)
            {
                throw await container.FailedAsync($"did not offer EC2 at {endpoint}_localstack/health within {StartPatience.TotalMinutes:0} minutes", cancellationToken);
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}
