using System.Collections.Immutable;
using Harness.Agent.Applications;
using Harness.Agent.Tests.Support;

namespace Harness.Agent.Tests.Applications;

public sealed class ClockAndRestoreCoreTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void ClockSet_WhileEnding_TheKillKeepsItsDistance(int direction)
    {
        var core = new CoreDriver().Launch(CoreDriver.Spec(CoreDriver.Container("a"))).Terminate(TimeSpan.FromSeconds(10));
        var killIn = core.State.Ending!.KillAt - core.Now;
        var startedAt = core["a"].StartedAt;

        core.Apply(new ApplicationEvent.ClockSet(direction * Hour));

        Assert.Equal(killIn, core.State.Ending!.KillAt - (core.Now + (direction * Hour)));
        Assert.Equal(startedAt, core["a"].StartedAt);
    }

    [Fact]
    public void ClockSet_Deadline_MovesWithIt()
    {
        var core = new CoreDriver().Launch(CoreDriver.Spec(CoreDriver.Container("a")) with { ActiveDeadline = TimeSpan.FromSeconds(60) });

        core.Apply(new ApplicationEvent.ClockSet(Hour)).Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(PodPhase.Running, core.State.Phase);
        Assert.Null(core.State.Ending);
    }

    [Fact]
    public void Restored_RunThatNeverStarted_StartsOnceMore()
    {
        var core = new CoreDriver { StartsAtOnce = false }.Launch(CoreDriver.Spec(CoreDriver.Container("a")));
        var saved = core.State;
        var key = core["a"].Key;

        var next = new CoreDriver { StartsAtOnce = false }.Apply(Found(saved, key, new RunFound(false, default, null)));

        Assert.Equal(["a"], next.Started);
        Assert.Equal((ContainerPhase.Starting, key), (next["a"].Phase, next["a"].Key));
    }

    [Fact]
    public void Restored_RunThatWasStarting_RunsSinceItsShimSays()
    {
        var core = new CoreDriver { StartsAtOnce = false }.Launch(CoreDriver.Spec(CoreDriver.Container("a")));
        var at = core.Now + TimeSpan.FromSeconds(3);

        var next = new CoreDriver().Apply(Found(core.State, core["a"].Key, new RunFound(true, at, null)));

        Assert.Empty(next.Started);
        Assert.Equal((ContainerPhase.Running, (DateTimeOffset?)at), (next["a"].Phase, next["a"].StartedAt));
    }

    [Fact]
    public void Restored_WhileTerminating_TheSignalIsSentAgain()
    {
        var core = new CoreDriver().Launch(CoreDriver.Spec(CoreDriver.Container("a"))).Terminate();

        var next = new CoreDriver().Apply(Found(core.State, core["a"].Key, new RunFound(true, core.Now, null)));

        Assert.Equal([("a", false)], next.Signals);
    }

    [Fact]
    public void Restored_EndedMeanwhile_ToldWithItsTime()
    {
        var core = new CoreDriver().Launch(CoreDriver.Spec(CoreDriver.Container("a", RestartPolicy.Never)));
        var at = core.Now + TimeSpan.FromSeconds(5);

        var next = new CoreDriver().Apply(Found(core.State, core["a"].Key, new RunFound(true, core.Now, new WorkloadExit(7, 0) { FinishedAt = at })));

        Assert.Equal((PodPhase.Failed, 7, at), (next.State.Phase, next["a"].End!.ExitCode, next["a"].End!.FinishedAt));
    }

    private static ApplicationEvent.Restored Found(ApplicationState saved, WorkloadKey key, RunFound run) =>
        new(saved, ImmutableDictionary<WorkloadKey, RunFound>.Empty.Add(key, run));
}
