using Harness.Agent.Applications;
using Harness.Agent.Tests.Support;

namespace Harness.Agent.Tests.Applications;

public sealed class LaunchCoreTests
{
    private readonly CoreDriver _core = new();

    [Fact]
    public void Apply_FirstLaunch_StartsTheContainersAndRuns()
    {
        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a"), CoreDriver.Container("b")));

        Assert.Equal(LaunchAnswer.Accepted, _core.LastAnswer);
        Assert.Equal(["a", "b"], _core.Started);
        Assert.Equal(PodPhase.Running, _core.State.Phase);
        Assert.All(_core.Conditions.Values, Assert.True);
    }

    [Fact]
    public void Apply_LaunchBeforeTheProcessStarts_StaysPending()
    {
        _core.StartsAtOnce = false;

        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a")));

        Assert.Equal(PodPhase.Pending, _core.State.Phase);
        Assert.False(_core.Conditions["Ready"]);
    }

    [Fact]
    [Trait("Clause", "L-05")]
    public void C17_LaunchTenTimes_OneApplication()
    {
        for (var round = 0; round < 10; round++)
        {
            _core.Launch(CoreDriver.Spec(CoreDriver.Container("a")));
        }

        Assert.Single(_core.Started);
        Assert.Equal(LaunchAnswer.AlreadyLaunched, _core.LastAnswer);
    }

    [Fact]
    public void C19_LaunchOfAnotherUid_RefusedWhileActive()
    {
        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a")));
        var before = _core.State;

        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a")) with { Uid = "uid-2" });

        Assert.Equal(LaunchAnswer.OtherActive, _core.LastAnswer);
        Assert.Equal(before.Containers, _core.State.Containers);
    }

    [Fact]
    public void C31_LaunchOfAnEndedUid_StartsNothing()
    {
        _core.Launch(Once()).Exit("a", 0);

        _core.Launch(Once());

        Assert.Equal(LaunchAnswer.AlreadyLaunched, _core.LastAnswer);
        Assert.Single(_core.Started);
        Assert.Equal(PodPhase.Succeeded, _core.State.Phase);
    }

    [Fact]
    [Trait("Clause", "L-09")]
    public void C31_LaunchOfTheSameUidWithAnotherSpec_Ignored()
    {
        _core.Launch(Once());

        _core.Launch(Once() with { Digest = "other" });

        Assert.Equal(LaunchAnswer.SpecIgnored, _core.LastAnswer);
        Assert.Single(_core.Started);
    }

    [Fact]
    public void E01_RelaunchAfterTheEnd_ResetsTheStatus()
    {
        _core.Launch(Once()).Exit("a", 1);

        _core.Launch(Once() with { Uid = "uid-2" });

        Assert.Equal(LaunchAnswer.Accepted, _core.LastAnswer);
        Assert.Equal(PodPhase.Running, _core.State.Phase);
        Assert.Equal("uid-2", _core["a"].Key.PodUid);
    }

    [Fact]
    public void Apply_LateRetryOfAnEarlierUid_StartsNothing()
    {
        _core.Launch(Once()).Exit("a", 0).Launch(Once() with { Uid = "uid-2" }).Exit("a", 0);

        _core.Launch(Once());

        Assert.Equal(LaunchAnswer.AlreadyLaunched, _core.LastAnswer);
        Assert.Equal("uid-2", _core.State.Spec!.Uid);
    }

    [Fact]
    public void Apply_LaunchWhileDraining_Refused()
    {
        _core.Apply(new ApplicationEvent.DrainRequested(TimeSpan.FromSeconds(20)));

        _core.Launch(Once());

        Assert.Equal(LaunchAnswer.Draining, _core.LastAnswer);
        Assert.Empty(_core.Started);
    }

    private static ApplicationSpec Once() => CoreDriver.Spec(CoreDriver.Container("a", RestartPolicy.Never));
}
