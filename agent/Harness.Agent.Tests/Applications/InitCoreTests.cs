using Harness.Agent.Applications;
using Harness.Agent.Tests.Support;

namespace Harness.Agent.Tests.Applications;

public sealed class InitCoreTests
{
    private readonly CoreDriver _core = new();

    [Fact]
    [Trait("Clause", "P-03")]
    public void E05_InitContainers_RunInOrderBeforeTheMainOnes()
    {
        _core.Launch(CoreDriver.Spec(Init("one"), Init("two"), CoreDriver.Container("main")));
        Assert.Equal(["one"], _core.Started);
        Assert.Equal("PodInitializing", _core["main"].WaitingReason);
        Assert.False(_core.Conditions["Initialized"]);

        _core.Exit("one", 0);
        Assert.Equal(["one", "two"], _core.Started);

        _core.Exit("two", 0);
        Assert.Equal(["one", "two", "main"], _core.Started);
        Assert.Equal(PodPhase.Running, _core.State.Phase);
        Assert.True(_core.Conditions["Initialized"]);
    }

    [Fact]
    [Trait("Clause", "P-03")]
    public void E05_FailingInitWithNever_EndsThePodWithoutItsMainContainers()
    {
        _core.Launch(CoreDriver.Spec(Init("one", RestartPolicy.Never), CoreDriver.Container("main", RestartPolicy.Never))).Exit("one", 3).Settle();

        Assert.Equal(PodPhase.Failed, _core.State.Phase);
        Assert.Equal(["one"], _core.Started);
        Assert.Equal(ContainerPhase.Waiting, _core["main"].Phase);
    }

    [Fact]
    public void E05_FailingInitWithOnFailure_IsRestartedWhileThePodIsPending()
    {
        _core.Launch(CoreDriver.Spec(Init("one"), CoreDriver.Container("main"))).Exit("one", 3).Settle().Exit("one", 3).Settle();

        Assert.Equal(PodPhase.Pending, _core.State.Phase);
        Assert.Equal("CrashLoopBackOff", _core["one"].WaitingReason);

        _core.Advance(TimeSpan.FromSeconds(10)).Exit("one", 0);
        Assert.Equal(PodPhase.Running, _core.State.Phase);
    }

    [Fact]
    public void Apply_RestartableInitContainer_GoesOnBesideTheMainOnesAndEndsLast()
    {
        var sidecar = CoreDriver.Container("side", RestartPolicy.Always, ContainerRole.Sidecar);
        _core.Launch(CoreDriver.Spec(sidecar, CoreDriver.Container("main", RestartPolicy.Never)));
        Assert.Equal(["side", "main"], _core.Started);

        _core.Exit("side", 1).Settle();
        Assert.Equal(1, _core["side"].RestartCount);

        _core.Exit("main", 0);
        Assert.Equal(PodPhase.Running, _core.State.Phase);
        Assert.Equal([("side", false)], _core.Signals);

        _core.ExitBySignal("side", 15);
        Assert.Equal(PodPhase.Succeeded, _core.State.Phase);
    }

    [Fact]
    public void Apply_TerminateWithTwoSidecars_EndsMainThenSidecarsInReverse()
    {
        var first = CoreDriver.Container("first", RestartPolicy.Always, ContainerRole.Sidecar);
        var second = CoreDriver.Container("second", RestartPolicy.Always, ContainerRole.Sidecar);
        _core.Launch(CoreDriver.Spec(first, second, CoreDriver.Container("main"))).Terminate();
        Assert.Equal([("main", false)], _core.Signals);

        _core.ExitBySignal("main", 15);
        Assert.Equal(("second", false), _core.Signals.Last());

        _core.ExitBySignal("second", 15);
        Assert.Equal(("first", false), _core.Signals.Last());

        _core.ExitBySignal("first", 15);
        Assert.True(_core.State.IsTerminal);
    }

    private static ContainerSpec Init(string name, RestartPolicy policy = RestartPolicy.OnFailure) =>
        CoreDriver.Container(name, policy, ContainerRole.Init);
}
