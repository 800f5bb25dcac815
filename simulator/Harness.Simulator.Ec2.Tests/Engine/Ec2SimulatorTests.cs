using System.Net;
using System.Net.Sockets;
using Harness.Simulator.Ec2.World;
using Harness.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Ec2.Tests.Engine;

public sealed class Ec2SimulatorTests : IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _safety = new(TimeSpan.FromSeconds(60));
    private readonly ManualTimeProvider _time = new();
    private readonly FakeHost _host = new();
    private readonly List<IDisposable> _clients = [];
    private readonly List<Ec2Simulator> _simulators = [];

    [Fact]
    public async Task Watch_LifeOfAnInstance_IsToldInOrder()
    {
        var (simulator, client) = await StartAsync(new Ec2SimulatorOptions { Host = _host, BootDelay = TimeSpan.FromSeconds(10) });
        await using var changes = simulator.WatchInstancesAsync(_safety.Token).GetAsyncEnumerator();
        var id = await client.LaunchAsync(("UserData", "aGk="));
        Assert.Equal((InstanceChangeKind.Launched, InstanceState.Pending), await NextAsync(changes));

        _time.Advance(TimeSpan.FromSeconds(10));
        await _host.Starting.Task.WaitAsync(_safety.Token);
        _host.Started.SetResult();
        Assert.Equal(InstanceState.Pending, (await NextAsync(changes)).State);
        Assert.Equal(InstanceState.Running, (await NextAsync(changes)).State);

        await client.PostAsync("TerminateInstances", ("InstanceId.1", id));
        Assert.Equal(InstanceState.ShuttingDown, (await NextAsync(changes)).State);
        await _host.Stopping.Task.WaitAsync(_safety.Token);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(InstanceState.ShuttingDown, (await NextAsync(changes)).State);
        Assert.Equal(InstanceState.ShuttingDown, simulator.Find(id)!.State);

        _host.Stopped.SetResult();
        Assert.Equal(InstanceState.Terminated, (await NextAsync(changes)).State);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((InstanceChangeKind.Forgotten, InstanceState.Terminated), await NextAsync(changes));
        Assert.Equal(["start 127.7.0.4 Pending", "stop 127.7.0.4 ShuttingDown"], _host.Calls);
        Assert.Empty(simulator.Snapshot());
    }

    [Fact]
    public async Task Watch_BeginsWithWhatIsThere()
    {
        var (simulator, client) = await StartAsync(new Ec2SimulatorOptions { BootDelay = TimeSpan.Zero });
        await client.LaunchAsync(
            ("TagSpecification.1.ResourceType", "instance"), ("TagSpecification.1.Tag.1.Key", "PodUid"),
            ("TagSpecification.1.Tag.1.Value", "u"));
        await using var changes = simulator.WatchInstancesAsync(_safety.Token).GetAsyncEnumerator();
        Assert.Equal((InstanceChangeKind.Existing, InstanceState.Running), await NextAsync(changes));
        Assert.Equal("u", changes.Current.Instance.Tags["PodUid"]);
    }

    [Fact]
    public async Task Start_NoHostAndNoDelay_IsRunningAtOnceThoughAnswerSaysPending()
    {
        var (simulator, client) = await StartAsync(new Ec2SimulatorOptions { BootDelay = TimeSpan.Zero, ShutdownDelay = TimeSpan.Zero });
        var (_, launched) = await client.PostAsync("RunInstances", TestModel.Launching());
        Assert.Contains("pending", TestModel.Values(launched, "name"));
        var id = TestModel.Values(launched, "instanceId")[0];
        Assert.Equal(InstanceState.Running, simulator.Find(id)!.State);

        var (_, terminating) = await client.PostAsync("TerminateInstances", ("InstanceId.1", id));
        Assert.Equal(["shutting-down", "running"], TestModel.Values(terminating, "name"));
        Assert.Equal(InstanceState.Terminated, simulator.Find(id)!.State);
    }

    [Fact]
    public async Task Host_StartThrows_InstanceEndsTerminated()
    {
        var (simulator, client) = await StartAsync(new Ec2SimulatorOptions { Host = _host, BootDelay = TimeSpan.Zero });
        await using var changes = simulator.WatchInstancesAsync(_safety.Token).GetAsyncEnumerator();
        await client.LaunchAsync();
        _host.Started.SetException(new InvalidOperationException("no memory for the machine"));
        InstanceView last;
        do
        {
            await NextAsync(changes);
            last = changes.Current.Instance;
        }
        while (last.State == InstanceState.Pending);
        Assert.Equal((InstanceState.Terminated, "Server.InternalError"), (last.State, last.StateReasonCode));
    }

    [Fact]
    public async Task Host_TerminatedWhileStarting_StartIsCancelledAndStopFollows()
    {
        var (simulator, client) = await StartAsync(
            new Ec2SimulatorOptions { Host = _host, BootDelay = TimeSpan.Zero, ShutdownDelay = TimeSpan.Zero });
        await using var changes = simulator.WatchInstancesAsync(_safety.Token).GetAsyncEnumerator();
        var id = await client.LaunchAsync();
        await _host.Starting.Task.WaitAsync(_safety.Token);
        _host.Stopped.SetResult();
        await client.PostAsync("TerminateInstances", ("InstanceId.1", id));
        while ((await NextAsync(changes)).State != InstanceState.Terminated)
        {
            Assert.NotEqual(InstanceState.Running, changes.Current.Instance.State);
        }

        Assert.Equal(["start 127.7.0.4 Pending", "stop 127.7.0.4 ShuttingDown"], _host.Calls);
    }

    [Fact]
    public async Task Host_Reboot_IsCalled()
    {
        var (simulator, client) = await StartAsync(new Ec2SimulatorOptions { Host = _host, BootDelay = TimeSpan.Zero });
        await using var changes = simulator.WatchInstancesAsync(_safety.Token).GetAsyncEnumerator();
        _host.Started.SetResult();
        var id = await client.LaunchAsync();
        while ((await NextAsync(changes)).State != InstanceState.Running)
        {
        }

        await client.PostAsync("RebootInstances", ("InstanceId.1", id));
        await _host.Rebooted.Task.WaitAsync(_safety.Token);
        Assert.Equal("reboot 127.7.0.4 Running", _host.Calls.Last());
    }

    [Fact]
    public async Task ShutDownFromInside_Running_Stops()
    {
        var (simulator, client) = await StartAsync(new Ec2SimulatorOptions { BootDelay = TimeSpan.Zero, ShutdownDelay = TimeSpan.Zero });
        var id = await client.LaunchAsync();
        Assert.True(simulator.ShutDownFromInside(id));
        Assert.Equal(InstanceState.Stopped, simulator.Find(id)!.State);
        Assert.False(simulator.ShutDownFromInside("i-0123456789abcdef0"));
    }

    [Fact]
    public async Task Calls_AreWrittenDownInOrderWithTheirOutcome()
    {
        var (simulator, client) = await StartAsync(new Ec2SimulatorOptions { CallLogCapacity = 2 });
        var id = await client.LaunchAsync(("ClientToken", "t"));
        await client.PostAsync("DescribeInstances", ("InstanceId.1", id));
        await client.PostAsync("LaunchRocket");

        var records = simulator.Calls.After();
        Assert.Equal(
            [("DescribeInstances", "OK", 200), ("LaunchRocket", "InvalidAction", 400)], records.Select(
                one => (one.Action, one.Code, one.HttpStatus)));
        Assert.Equal([2, 3], records.Select(one => one.Sequence));
        Assert.Equal(id, Assert.Single(records[0].InstanceIds));
        Assert.Equal("AKIDTEST", records[0].AccessKeyId);
        Assert.Equal(1, simulator.Calls.Count("RunInstances", "OK"));
        Assert.Equal(1, simulator.Calls.Count("LaunchRocket", "InvalidAction"));
        Assert.Equal(["DescribeInstances", "LaunchRocket", "RunInstances"], simulator.Calls.Counts().Select(count => count.Action));
    }

    [Fact]
    public async Task StartAsync_AddressInUse_SaysSo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var options = new Ec2SimulatorOptions { ListenOn = (IPEndPoint)taken.LocalEndpoint };
        await Assert.ThrowsAsync<IOException>(() => Ec2Simulator.StartAsync(options, _time, NullLoggerFactory.Instance, _safety.Token));
    }

    [Theory]
    [InlineData(-1, "m5.large", 1)]
    [InlineData(1, "x9.huge", 1)]
    [InlineData(1, "m5.large", 0)]
    public async Task StartAsync_OptionsThatCannotBe_AreRefused(int delaySeconds, string type, int pageSize)
    {
        var options = new Ec2SimulatorOptions { DefaultPageSize = pageSize };
        options = options with { BootDelays = options.BootDelays.Add(type, TimeSpan.FromSeconds(delaySeconds)) };
        await Assert.ThrowsAsync<ArgumentException>(
            () => Ec2Simulator.StartAsync(options, _time, NullLoggerFactory.Instance, _safety.Token));
    }

    [Fact]
    public async Task Dispose_HostStillStarting_EndsItAndTheWatch()
    {
        var (simulator, client) = await StartAsync(new Ec2SimulatorOptions { Host = _host, BootDelay = TimeSpan.Zero });
        await using var changes = simulator.WatchInstancesAsync(_safety.Token).GetAsyncEnumerator();
        await client.LaunchAsync();
        await _host.Starting.Task.WaitAsync(_safety.Token);
        await simulator.DisposeAsync().AsTask().WaitAsync(_safety.Token);
        while (await changes.MoveNextAsync())
        {
        }
    }

    [Fact]
    public void SeedWorld_Create_PutsSubnetsIntoBlock()
    {
        var world = SeedWorld.Create(Ipv4Block.Parse("127.200.0.0/16"));
        Assert.Equal(
            ["127.200.0.0/18", "127.200.64.0/18", "127.200.128.0/18"], world.Subnets.Select(subnet => subnet.CidrBlock.ToString()));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        foreach (var simulator in _simulators)
        {
            await simulator.DisposeAsync();
        }
    }

    public void Dispose() => _safety.Dispose();

    private async Task<(Ec2Simulator Simulator, Ec2Client Client)> StartAsync(Ec2SimulatorOptions options)
    {
        var simulator = await Ec2Simulator.StartAsync(options, _time, NullLoggerFactory.Instance, _safety.Token);
        var client = new Ec2Client(simulator.Endpoint);
        _simulators.Add(simulator);
        _clients.Add(client);
        return (simulator, client);
    }

    private static async Task<(InstanceChangeKind Kind, InstanceState State)> NextAsync(IAsyncEnumerator<InstanceChange> changes)
    {
        Assert.True(await changes.MoveNextAsync());
        return (changes.Current.Kind, changes.Current.Instance.State);
    }
}
