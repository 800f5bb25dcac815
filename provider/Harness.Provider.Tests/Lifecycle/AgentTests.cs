using Harness.Provider.Lifecycle;

namespace Harness.Provider.Tests.Lifecycle;

public sealed class AgentTests
{
    private const string Id = PodScript.InstanceId;

    [Fact]
    public void Unreachable_WhileABootIsExpectedToEnd_RedialsWithinMilliseconds()
    {
        var script = new PodScript().To(PodStage.Connecting);
        for (var i = 0; i < 20; i++)
        {
            script.Feed(new PodEvent.AgentUnreachable(Id, "refused"));
            Assert.InRange(script.Pod.WakeAt!.Value - script.Now, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200));
            script.Wake().Has<PodEffect.DialAgent>();
        }
    }

    [Fact]
    public void Unreachable_Later_ConfiguredBackoff()
    {
        var script = new PodScript().To(PodStage.Connecting).After(TimeSpan.FromSeconds(20));
        script.Feed(new PodEvent.AgentUnreachable(Id, "refused"));
        Assert.InRange(script.Pod.WakeAt!.Value - script.Now, TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(1500));
    }

    [Fact]
    public void Observed_Running_DialsAtOnceAndStartsTheTimeout()
    {
        var script = new PodScript().To(PodStage.Connecting).Feed(new PodEvent.AgentUnreachable(Id, "refused"));
        Assert.Null(script.Pod.Link.ConnectDue);
        script.Feed(new PodEvent.InstanceObserved(Id, PodScript.Instance(InstanceState.Running))).Has<PodEffect.DialAgent>();
        Assert.Equal(script.Now + script.Policy.ConnectTimeout, script.Pod.Link.ConnectDue);
    }

    [Fact]
    public void Timeout_Replace_NextAttemptOnlyOnceTheInstanceEnds()
    {
        var script = Booted(new PodPolicy()).Feed(new PodEvent.AgentUnreachable(Id, "refused")).After(TimeSpan.FromSeconds(301)).In(PodStage.Replacing)
            .Announced("AgentTimeout").Has<PodEffect.TerminateInstance>().HasNot<PodEffect.RecordPlan>();
        script.Feed(new PodEvent.InstanceNotEnded(Id, "throttled", NotFound: false)).In(PodStage.Replacing).Wake().Has<PodEffect.TerminateInstance>();
        script.Feed(new PodEvent.InstanceEnding(Id)).In(PodStage.Held).Wake().In(PodStage.RecordingPlan);
        Assert.Equal(2, script.Single<PodEffect.RecordPlan>().Attempt);
    }

    [Fact]
    public void Timeout_Fail_PodFailsAndInstanceIsEnded()
    {
        var script = Booted(new PodPolicy { OnAgentTimeout = AgentTimeoutPolicy.Fail }).Feed(new PodEvent.AgentUnreachable(Id, "refused"))
            .After(TimeSpan.FromSeconds(301)).In(PodStage.Finished);
        Assert.Equal("AgentTimeout", script.Pod.Wanted.Reason);
        script.Wake().Has<PodEffect.TerminateInstance>();
    }

    [Fact]
    public void Reached_LaunchesTheApplication() =>
        new PodScript().To(PodStage.Connecting).Feed(new PodEvent.AgentReached(Id)).In(PodStage.Starting).Announced("AgentConnected").Has<PodEffect.LaunchApplication>();

    [Fact]
    public void Launched_FollowsAndChecks() =>
        new PodScript().To(PodStage.Starting).Feed(new PodEvent.ApplicationLaunched(Id)).In(PodStage.Running)
            .Has<PodEffect.WatchApplication>().Has<PodEffect.CheckApplication>();

    [Fact]
    public void Rejected_PodFailsWithTheAgentsWords()
    {
        var script = new PodScript().To(PodStage.Starting)
            .Feed(new PodEvent.ApplicationNotLaunched(Id, AgentRefusal.Rejected, "spec.hostPID is not supported")).In(PodStage.Finished);
        Assert.Equal(PodPhase.Failed, script.Pod.Wanted.Phase);
        Assert.Contains("spec.hostPID", script.Pod.Wanted.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NotLaunched_Unreachable_ConnectsAnewAndLaunchesAgain() =>
        new PodScript().To(PodStage.Starting).Feed(new PodEvent.ApplicationNotLaunched(Id, AgentRefusal.Unreachable, "")).In(PodStage.Connecting)
            .Has<PodEffect.CloseAgent>().Wake().Has<PodEffect.DialAgent>().Feed(new PodEvent.AgentReached(Id)).Has<PodEffect.LaunchApplication>()
            .Feed(new PodEvent.ApplicationNotLaunched(Id, AgentRefusal.AlreadyLaunched, "")).In(PodStage.Running);

    [Fact]
    public void NotLaunched_AlreadyLaunchedAtTheFirstTry_IsNotBelieved() =>
        new PodScript().To(PodStage.Starting).Feed(new PodEvent.ApplicationNotLaunched(Id, AgentRefusal.AlreadyLaunched, "another pod"))
            .In(PodStage.Starting).Announced("ApplicationNotStarted").Wake().Has<PodEffect.LaunchApplication>();

    [Fact]
    public void Checked_AfterTheWatchHasSpoken_TheOlderAnswerIsPassedOver()
    {
        var script = new PodScript().To(PodStage.Starting).Feed(new PodEvent.ApplicationLaunched(Id)).In(PodStage.Running).Has<PodEffect.CheckApplication>()
            .Feed(new PodEvent.ApplicationReported(Id, PodScript.Report(PodPhase.Running), Asked: false))
            .Feed(new PodEvent.ApplicationReported(Id, PodScript.Report(PodPhase.Pending), Asked: true));
        Assert.Equal(PodPhase.Running, script.Pod.Wanted.Phase);
        Assert.NotNull(script.Pod.Link.CheckAt);
    }

    [Fact]
    public void Checked_WhileTheWatchIsSilent_TheAnswerCounts()
    {
        var script = new PodScript().To(PodStage.Starting).Feed(new PodEvent.ApplicationLaunched(Id))
            .Feed(new PodEvent.ApplicationReported(Id, PodScript.Report(PodPhase.Pending), Asked: false))
            .Feed(new PodEvent.ApplicationReported(Id, PodScript.Report(PodPhase.Pending), Asked: true));
        script.After(script.Pod.Link.CheckAt!.Value - script.Now).Has<PodEffect.CheckApplication>()
            .Feed(new PodEvent.ApplicationReported(Id, PodScript.Report(PodPhase.Running), Asked: true));
        Assert.Equal(PodPhase.Running, script.Pod.Wanted.Phase);
    }

    [Fact]
    public void Reported_BeforeLaunch_IsNoEvidence()
    {
        var script = new PodScript().To(PodStage.Starting).Feed(new PodEvent.ApplicationReported(Id, PodScript.Report(PodPhase.Running), Asked: false));
        Assert.Equal(PodPhase.Pending, script.Pod.Wanted.Phase);
        script.In(PodStage.Starting);
    }

    [Fact]
    public void Reported_PendingThenRunning_SaysStartedOnce()
    {
        var script = new PodScript().To(PodStage.Starting).Feed(new PodEvent.ApplicationLaunched(Id))
            .Feed(new PodEvent.ApplicationReported(Id, PodScript.Report(PodPhase.Pending), Asked: true)).HasNot<PodEffect.Announce>()
            .Feed(new PodEvent.ApplicationReported(Id, PodScript.Report(PodPhase.Running), Asked: false)).Announced("Started");
        script.Feed(new PodEvent.ApplicationReported(Id, PodScript.Report(PodPhase.Running, "2"), Asked: false)).HasNot<PodEffect.Announce>();
    }

    [Fact]
    public void Reported_SameAgain_WritesNothing() =>
        new PodScript().To(PodStage.Running).Feed(new PodEvent.ApplicationReported(Id, PodScript.Report(PodPhase.Running), Asked: false))
            .HasNot<PodEffect.WriteStatus>();

    [Fact]
    public void Silence_IsNoFailure_OnlyTheCheckDecides()
    {
        var script = new PodScript().To(PodStage.Running);
        for (var i = 0; i < 20; i++)
        {
            script.Wake().Has<PodEffect.CheckApplication>().Feed(new PodEvent.ApplicationReported(Id, PodScript.Report(PodPhase.Running), Asked: true));
        }

        Assert.Equal("", script.Pod.Wanted.UnreadyReason);
        script.In(PodStage.Running);
    }

    [Fact]
    public void CheckFailed_ToTheThreshold_UnreadyThenReadyAgain()
    {
        var script = new PodScript().To(PodStage.Running);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("", script.Pod.Wanted.UnreadyReason);
            script.Feed(new PodEvent.CheckFailed(Id, "UNAVAILABLE", NothingThere: false));
        }

        Assert.Equal("AgentUnhealthy", script.Pod.Wanted.UnreadyReason);
        script.Announced("AgentUnhealthy").Feed(new PodEvent.ApplicationReported(Id, PodScript.Report(PodPhase.Running), Asked: true)).Announced("AgentHealthy");
        Assert.Equal("", script.Pod.Wanted.UnreadyReason);
    }

    [Fact]
    public void CheckFailed_ToTheMaximum_PodFails()
    {
        var script = new PodScript { Policy = new PodPolicy { UnhealthyMax = 7 } }.To(PodStage.Running);
        for (var i = 0; i < 7; i++)
        {
            script.In(PodStage.Running).Feed(new PodEvent.CheckFailed(Id, "UNAVAILABLE", NothingThere: false));
        }

        script.In(PodStage.Finished);
        Assert.Equal(PodPhase.Failed, script.Pod.Wanted.Phase);
    }

    [Fact]
    public void NotServing_ChecksDoNotCountAsRecovery()
    {
        var script = new PodScript().To(PodStage.Running).Feed(new PodEvent.AgentHealthReported(Id, Serving: false));
        for (var i = 0; i < 4; i++)
        {
            script.Feed(new PodEvent.ApplicationReported(Id, PodScript.Report(PodPhase.Running), Asked: true));
        }

        Assert.Equal("AgentUnhealthy", script.Pod.Wanted.UnreadyReason);
        script.Feed(new PodEvent.AgentHealthReported(Id, Serving: true));
        Assert.Equal("", script.Pod.Wanted.UnreadyReason);
    }

    [Fact]
    public void WatchEnded_OpenedAgainAfterAPause()
    {
        var script = new PodScript().To(PodStage.Running).Feed(new PodEvent.WatchEnded(Id, "end")).Has<PodEffect.ObserveInstance>().HasNot<PodEffect.WatchApplication>();
        script.After(script.Policy.StreamRetry).Has<PodEffect.WatchApplication>();
    }

    [Fact]
    public void Reported_Terminal_FinishesAndEndsTheInstanceAfterItsRetention()
    {
        var script = new PodScript().To(PodStage.Finished).Has<PodEffect.CloseAgent>().HasNot<PodEffect.TerminateInstance>();
        Assert.Equal(PodPhase.Succeeded, script.Pod.Wanted.Phase);
        script.After(script.Policy.FinishedRetention).Has<PodEffect.TerminateInstance>().Feed(new PodEvent.InstanceEnding(Id)).In(PodStage.Finished);
        Assert.Null(script.Pod.WakeAt);
    }

    [Fact]
    public void LateResult_OfAnotherInstance_IsNothing() =>
        new PodScript().To(PodStage.Running).Feed(new PodEvent.ApplicationReported("i-other", PodScript.Report(PodPhase.Failed), Asked: false)).In(PodStage.Running);

    private static PodScript Booted(PodPolicy policy) =>
        new PodScript { Policy = policy }.To(PodStage.Connecting).Feed(new PodEvent.InstanceObserved(Id, PodScript.Instance(InstanceState.Running)));
}
