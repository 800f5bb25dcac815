using System.Net;
using Harness.Ec2;
using Harness.Ec2.Model;
using Harness.Simulator.Clouds.Following;
using Harness.Simulator.Composition;
using Harness.Simulator.Hosts;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Clouds.Foreign;

/// <summary>
/// An EC2 that someone else runs: the simulator makes there what instances are launched with, follows its instances, and removes
/// everything it made at the end. One owner.
/// </summary>
internal sealed partial class EndpointCloud : ICloud
{
    private static readonly TimeSpan RemovePatience = TimeSpan.FromMinutes(2);

    private readonly CloudAccess _access;
    private readonly AmazonEC2Client _ec2;
    private readonly CloudSetup _setup;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private InstanceFollower? _follower;
    private CloudResources? _resources;

    private EndpointCloud(CloudAccess access, CloudSite site)
    {
        _access = access;
        _ec2 = access.Connect();
        _setup = new CloudSetup(_ec2, new AgentBucket(access, site.Owner, site.Time), site.Owner, site.Time);
        _time = site.Time;
        _logger = site.Loggers.CreateLogger<EndpointCloud>();
    }

    public string Description => "endpoint";

    public Uri Endpoint => _access.Endpoint;

    public string Region => _access.Region;

    public CloudResources Resources => _resources!;

    public IReadOnlyDictionary<string, string> Environment => _access.ToEnvironment();

    /// <exception cref="SimulatorStartException">It does not answer, or refused; what was made is removed again where it can be.</exception>
    public static async Task<EndpointCloud> StartAsync(CloudChoice.Endpoint choice, CloudSite site, CancellationToken cancellationToken)
    {
        var cloud = new EndpointCloud(choice.Access, site);
        try
        {
            site.Ledger.CloudUsed(new CloudRecord(choice.Access.Endpoint, choice.Access.Region, site.Owner));
            await cloud.BringUpAsync(choice.Cidr ?? site.Block.Cidr, site, cancellationToken);
            return cloud;
        }
        catch (Exception exception) when (exception is Ec2Exception or HttpRequestException)
        {
            await cloud.DisposeAsync();
            throw new SimulatorStartException(
                $"EC2 at {choice.Access} cannot be used: {exception.Message} It must answer for EC2 and S3 at that URL, and take a VPC of {choice.Cidr ?? site.Block.Cidr} (--ec2-cidr names another).",
                exception);
        }
        catch (HostNetworkException exception)
        {
            await cloud.DisposeAsync();
            throw new SimulatorStartException(exception.Message, exception);
        }
        catch
        {
            await cloud.DisposeAsync();
            throw;
        }
    }

    public IReadOnlyDictionary<string, string> InstanceNames() => _follower?.Names ?? new Dictionary<string, string>();

    public async ValueTask DisposeAsync()
    {
        if (_follower is { } follower)
        {
            await follower.DisposeAsync();
        }

        using var late = new CancellationTokenSource(RemovePatience, _time);
        try
        {
            await _setup.RemoveAsync(late.Token);
        }
        catch (Exception exception) when (exception is Ec2Exception or HttpRequestException or OperationCanceledException)
        {
            Log.NotRemoved(_logger, _access, exception.Message);
        }

        _ec2.Dispose();
    }

    private async Task BringUpAsync(string network, CloudSite site, CancellationToken cancellationToken)
    {
        if (!IPAddress.IsLoopback(IPNetwork.Parse(network).BaseAddress))
        {
            InterfaceNetwork.CheckRights();
            site.Ledger.InterfaceUsed(InterfaceNetwork.Loopback);
        }

        if (await _setup.RemoveAsync(cancellationToken))
        {
            site.Progress.Report("Removed what an earlier simulator left in EC2");
        }

        (var vpc, _resources) = await _setup.CreateAsync(network, site.AgentPort, cancellationToken);
        var options = new FollowerOptions { Filters = [new Filter("vpc-id", vpc)], BootDelay = site.Options.BootDelay };
        _follower = new InstanceFollower(_ec2, options, site.Hosts, _time, site.Loggers.CreateLogger<InstanceFollower>());
        _follower.Start();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "What was made in EC2 at {Access} could not all be removed; the next start or 'sim down' in this folder tries again: {Detail}")]
        public static partial void NotRemoved(ILogger logger, CloudAccess access, string detail);
    }
}
