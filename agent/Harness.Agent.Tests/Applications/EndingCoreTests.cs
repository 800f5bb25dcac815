using Harness.Agent.Applications;
using Harness.Agent.Tests.Support;

namespace Harness.Agent.Tests.Applications;

public sealed class EndingCoreTests
{
    private readonly CoreDriver _core = new();

    [Fact]
    public void C22_TerminateBeforeAnyLaunch_ChangesNothing()
    {
        _core.Terminate();

        Assert.Equal(ApplicationState.Empty, _core.State);
    }

    [Fact]
    public void C21_TerminateTenTimes_SignalsOnce()
    {
        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a")));
        for (var round = 0; round < 10; round++)
        {
            _core.Terminate();
        }

        Assert.Equal([("a", false)], _core.Signals);
        Assert.Equal(PodPhase.Running, _core.State.Phase);
    }

    [Fact]
    public void C23_EndAfterTerminate_IsTerminalWithExitCodes()
    {
        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a"))).Terminate().ExitBySignal("a", 15);

        Assert.Equal(PodPhase.Failed, _core.State.Phase);
        Assert.Equal((143, 15), (_core["a"].End!.ExitCode, _core["a"].End!.Signal));
        Assert.Null(ApplicationTimers.NextDue(_core.State));
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData(3, 3)]
    [InlineData(60, 60)]
    public void E02_WorkloadThatIgnoresSigterm_IsKilledAfterTheGrace(int? graceSeconds, int killedAfter)
    {
        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a")));
        _core.Terminate(graceSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

        _core.Advance(TimeSpan.FromSeconds(killedAfter) - TimeSpan.FromMilliseconds(1));
        Assert.Equal([("a", false)], _core.Signals);

        _core.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([("a", false), ("a", true)], _core.Signals);
    }

    [Fact]
    [Trait("Clause", "T-06")]
    public void E02_GraceZero_KillsAtOnce()
    {
        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a"))).Terminate(TimeSpan.Zero);

        Assert.Equal([("a", true)], _core.Signals);
    }

    [Fact]
    [Trait("Clause", "T-02")]
    public void Apply_SecondTerminateWithLessGrace_ShortensTheFirst()
    {
        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a"))).Terminate().Terminate(TimeSpan.FromSeconds(1));

        _core.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("a", true), _core.Signals.Last());
    }

    [Fact]
    public void Apply_TerminateWhileAWorkloadStarts_EndsItOnceItRuns()
    {
        _core.StartsAtOnce = false;
        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a"))).Terminate();
        Assert.Empty(_core.Signals);
        Assert.False(_core.State.IsTerminal);

        _core.Apply(new ApplicationEvent.WorkloadStarted(_core["a"].Key));

        Assert.Equal([("a", false)], _core.Signals);
    }

    [Fact]
    public void Apply_TerminateInACrashLoop_EndsWithTheLastRun()
    {
        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a"))).Exit("a", 1).Settle().Exit("a", 7).Settle();

        _core.Terminate();

        Assert.Equal(PodPhase.Failed, _core.State.Phase);
        Assert.Equal(7, _core["a"].End!.ExitCode);
        Assert.Equal(ContainerPhase.Terminated, _core["a"].Phase);
    }

    [Fact]
    [Trait("Clause", "P-09")]
    public void E11_ActiveDeadline_FailsThePod()
    {
        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a")) with { ActiveDeadline = TimeSpan.FromSeconds(2) });

        _core.Advance(TimeSpan.FromSeconds(2)).ExitBySignal("a", 15);

        Assert.Equal((PodPhase.Failed, "DeadlineExceeded"), (_core.State.Phase, _core.State.Reason));
    }

    [Fact]
    public void Apply_Drain_GivesNoMoreGraceThanThereIs()
    {
        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a"))).Apply(new ApplicationEvent.DrainRequested(TimeSpan.FromSeconds(5)));
        Assert.Equal([("a", false)], _core.Signals);

        _core.Advance(TimeSpan.FromSeconds(5)).ExitBySignal("a", 9);

        Assert.Equal((PodPhase.Failed, "AgentStopping"), (_core.State.Phase, _core.State.Reason));
    }

    [Fact]
    public void E12_PreStop_RunsBeforeSigtermAndInsideTheGrace()
    {
        var hooked = CoreDriver.Container("a") with { Hooks = new ContainerHooks(null, new HandlerSpec.Sleep(TimeSpan.FromSeconds(1))) };
        _core.Launch(CoreDriver.Spec(hooked)).Terminate();
        Assert.Empty(_core.Signals);

        _core.Apply(new ApplicationEvent.HookAnswered(_core["a"].Key, HookKind.PreStop, true, ""));
        Assert.Equal([("a", false)], _core.Signals);

        _core.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(("a", true), _core.Signals.Last());
    }

    [Fact]
    [Trait("Clause", "P-10")]
    public void E12_FailingPostStart_EndsTheContainer()
    {
        var hooked = CoreDriver.Container("a") with { Hooks = new ContainerHooks(new HandlerSpec.Sleep(TimeSpan.FromSeconds(1)), null) };
        _core.Launch(CoreDriver.Spec(hooked));
        Assert.False(_core["a"].Ready);

        _core.Apply(new ApplicationEvent.HookAnswered(_core["a"].Key, HookKind.PostStart, false, "broken"));

        Assert.Equal([("a", false)], _core.Signals);
        _core.ExitBySignal("a", 15);
        Assert.Contains("broken", _core["a"].End!.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Clause", "S-08")]
    public void C26_RandomEvents_PhasesAreMonotoneAndTimersEnd()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var core = new CoreDriver { StartsAtOnce = random.Next(2) == 0 };
            core.Launch(RandomSpec(random));
            var last = core.State.Phase;
            for (var round = 0; round < 40; round++)
            {
                core.Apply(RandomEvent(core, random)).Advance(TimeSpan.FromSeconds(random.Next(20)));
                Assert.True(core.State.Phase >= last, $"seed {seed}: {last} became {core.State.Phase}");
                last = core.State.Phase;
            }

            core.Terminate(TimeSpan.Zero);
            foreach (var container in core.State.Containers.Where(candidate => candidate.IsAlive))
            {
                core.Apply(new ApplicationEvent.WorkloadExited(container.Key, WorkloadExit.BySignal(9)));
            }

            Assert.True(core.State.IsTerminal, $"seed {seed} ends in {core.State.Phase}");
            Assert.Null(ApplicationTimers.NextDue(core.State));
        }
    }

    private static ApplicationSpec RandomSpec(Random random)
    {
        var policy = (RestartPolicy)random.Next(3);
        return CoreDriver.Spec(
            CoreDriver.Container("side", RestartPolicy.Always, ContainerRole.Sidecar),
            CoreDriver.Container("init", policy == RestartPolicy.Never ? policy : RestartPolicy.OnFailure, ContainerRole.Init),
            CoreDriver.Container("a", policy),
            CoreDriver.Container("b", policy));
    }

    private static ApplicationEvent RandomEvent(CoreDriver core, Random random)
    {
        var key = core.State.Containers[random.Next(core.State.Containers.Length)].Key;
        return random.Next(20) switch
        {
            0 => new ApplicationEvent.TerminateRequested(TimeSpan.FromSeconds(random.Next(10))),
            1 => new ApplicationEvent.WorkloadStartFailed(key, 127, "ContainerCannotRun", ""),
            < 8 => new ApplicationEvent.WorkloadStarted(key),
            < 16 => new ApplicationEvent.WorkloadExited(key, new WorkloadExit(random.Next(2), 0)),
            _ => ApplicationEvent.Tick.Instance,
        };
    }
}
