using Harness.Agent.Applications;
using Harness.Agent.Tests.Support;

namespace Harness.Agent.Tests.Applications;

public sealed class RestartCoreTests
{
    private readonly CoreDriver _core = new();

    [Theory]
    [InlineData(0, "Succeeded")]
    [InlineData(7, "Failed")]
    [Trait("Clause", "S-06")]
    [Trait("Clause", "S-07")]
    public void C24_C25_ExitWithNever_EndsThePod(int exitCode, string phase)
    {
        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a", RestartPolicy.Never))).Exit("a", exitCode).Settle();

        Assert.Equal(phase, _core.State.Phase.ToString());
        Assert.Equal(exitCode, _core["a"].End!.ExitCode);
        Assert.Equal(exitCode == 0 ? "Completed" : "Error", _core["a"].End!.Reason);
        Assert.False(_core.Conditions["Ready"]);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(7, 2)]
    [Trait("Clause", "P-02")]
    public void E04_ExitWithOnFailure_RestartsFailuresOnly(int exitCode, int starts)
    {
        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a", RestartPolicy.OnFailure))).Exit("a", exitCode).Settle();

        Assert.Equal(starts, _core.Started.Count());
        Assert.Equal(exitCode == 0 ? PodPhase.Succeeded : PodPhase.Running, _core.State.Phase);
    }

    [Fact]
    [Trait("Clause", "P-01")]
    public void E03_CrashLoop_WaitsTenSecondsDoublingToFiveMinutes()
    {
        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a")));
        var waits = new List<double>();
        for (var round = 0; round < 9; round++)
        {
            _core.Exit("a", 1);
            Assert.Equal(ContainerPhase.Terminated, _core["a"].Phase);
            _core.Settle();
            var wait = _core["a"].Phase == ContainerPhase.Waiting ? _core["a"].RetryAt!.Value - _core.Now : TimeSpan.Zero;
            waits.Add(wait.TotalSeconds);
            _core.Advance(wait);
            Assert.Equal(round + 1, _core["a"].RestartCount);
        }

        Assert.Equal([0, 10, 20, 40, 80, 160, 300, 300, 300], waits);
    }

    [Fact]
    public void E03_CrashLoop_ShowsBackOffAndLastState()
    {
        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a"))).Exit("a", 1).Settle().Exit("a", 2).Settle();

        var status = StatusProjection.ToPodStatus(_core.State).ContainerStatuses.Single();
        Assert.Equal("CrashLoopBackOff", status.State.Waiting.Reason);
        Assert.StartsWith("back-off 10s restarting failed container=a pod=pod_default(uid-1)", status.State.Waiting.Message, StringComparison.Ordinal);
        Assert.Equal(2, status.LastState.Terminated.ExitCode);
        Assert.Equal(1, status.RestartCount);
        Assert.Equal(PodPhase.Running, _core.State.Phase);
        Assert.False(_core.Conditions["ContainersReady"]);
    }

    [Fact]
    public void Apply_CrashAfterAWellRun_RestartsAtOnce()
    {
        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a"))).Exit("a", 1).Settle().Exit("a", 1).Advance(TimeSpan.FromSeconds(10));
        _core.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));

        _core.Exit("a", 1).Settle();

        Assert.Equal(ContainerPhase.Running, _core["a"].Phase);
        Assert.Equal(3, _core["a"].RestartCount);
    }

    [Fact]
    [Trait("Clause", "P-04")]
    public void E06_OneOfTwoCrashes_TheOtherIsUntouched()
    {
        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a"), CoreDriver.Container("b")));
        var other = _core["b"];

        _core.Exit("a", 1).Settle().Exit("a", 1).Settle();

        Assert.Equal(other, _core["b"]);
        Assert.False(_core.Conditions["Ready"]);
    }

    [Fact]
    public void Apply_ProgramMissing_SaysSoAndBacksOff()
    {
        _core.StartsAtOnce = false;
        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a", RestartPolicy.Never)));

        _core.Apply(new ApplicationEvent.WorkloadStartFailed(_core["a"].Key, 127, "ContainerCannotRun", "no such program"));

        var ended = StatusProjection.ToPodStatus(_core.State).ContainerStatuses.Single().State.Terminated;
        Assert.Equal((127, "ContainerCannotRun", "no such program"), (ended.ExitCode, ended.Reason, ended.Message));
        Assert.Equal(PodPhase.Failed, _core.State.Phase);
    }

    [Fact]
    [Trait("Clause", "S-09")]
    public void Apply_ClockSetBack_AnEndIsNotBeforeItsStart()
    {
        _core.Launch(CoreDriver.Spec(CoreDriver.Container("a", RestartPolicy.Never)));
        var key = _core["a"].Key;

        var step = ApplicationCore.Apply(
            _core.State, new ApplicationEvent.WorkloadExited(key, new WorkloadExit(0, 0)), _core.Now - TimeSpan.FromHours(1));

        var end = step.State.Containers[0].End!;
        Assert.True(end.FinishedAt >= end.StartedAt);
    }
}
