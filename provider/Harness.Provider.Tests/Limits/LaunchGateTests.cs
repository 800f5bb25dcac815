using Harness.Provider.Configuration;
using Harness.Provider.Lifecycle;
using Harness.Provider.Limits;
using Harness.Testing;

namespace Harness.Provider.Tests.Limits;

public sealed class LaunchGateTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly List<PodRecord> _pods = [];

    [Fact]
    public void Enter_Paused_NothingPassesUntilItIsNot()
    {
        var gate = Gate(new LimitsConfiguration { Paused = true });
        Assert.Contains("Limits.Paused", gate.Enter("a", 1)!.Message, StringComparison.Ordinal);
        gate.Limits = new LimitsConfiguration();
        Assert.Null(gate.Enter("a", 1));
    }

    [Fact]
    public void Enter_PerMinute_FreesAgain()
    {
        var gate = Gate(new LimitsConfiguration { MaxLaunchesPerMinute = 2 });
        Assert.Null(gate.Enter("a", 1));
        Assert.Null(gate.Enter("b", 1));
        Assert.NotNull(gate.Enter("c", 1));
        _clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Null(gate.Enter("c", 1));
    }

    [Fact]
    public void Enter_RepeatedRequest_CountsOnce()
    {
        var gate = Gate(new LimitsConfiguration { MaxLaunchesPerMinute = 1 });
        Assert.Null(gate.Enter("a", 1));
        Assert.Null(gate.Enter("a", 1));
        Assert.NotNull(gate.Enter("b", 1));
        gate.Refused("a", 1);
        Assert.Null(gate.Enter("b", 1));
    }

    [Fact]
    public void Enter_PerDay_CountsLaunchesOfEarlierRuns()
    {
        var gate = Gate(new LimitsConfiguration { MaxLaunchesPerDay = 2 });
        gate.Remember("i-1", _clock.GetUtcNow().AddHours(-23));
        gate.Remember("i-2", _clock.GetUtcNow().AddHours(-25));
        Assert.Null(gate.Enter("a", 1));
        Assert.NotNull(gate.Enter("b", 1));
    }

    [Fact]
    public void Enter_MaxInstances_CountsLiveOnesAndRequestsUnderWay()
    {
        var gate = Gate(new LimitsConfiguration { MaxInstances = 2 });
        _pods.Add(new PodRecord { Uid = "live", Stage = PodStage.Running, Instance = new InstanceFacts("i-1", null, InstanceState.Running, null) });
        _pods.Add(new PodRecord { Uid = "dead", Stage = PodStage.Finished, Instance = new InstanceFacts("i-2", null, InstanceState.Terminated, null) });
        _pods.Add(new PodRecord { Uid = "a", Stage = PodStage.Launching, Attempt = 1 });
        Assert.Null(gate.Enter("a", 1));
        Assert.NotNull(gate.Enter("b", 1));
    }

    private LaunchGate Gate(LimitsConfiguration limits) => new(limits, () => _pods, _clock);
}
