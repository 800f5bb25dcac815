using Harness.Provider.Lifecycle;

namespace Harness.Provider.Tests.Lifecycle;

public sealed class InstanceTests
{
    private const string Id = PodScript.InstanceId;

    [Fact]
    public void Terminated_ByOthersWhileRunning_PodFails()
    {
        var script = new PodScript().To(PodStage.Running).Feed(new PodEvent.InstanceObserved(Id, PodScript.Instance(InstanceState.ShuttingDown)))
            .In(PodStage.Finished).Announced("InstanceTerminated").HasNot<PodEffect.TerminateInstance>();
        Assert.Equal((PodPhase.Failed, "InstanceTerminated"), (script.Pod.Wanted.Phase, script.Pod.Wanted.Reason));
    }

    [Fact]
    public void Terminated_BeforeTheAgentAnswered_AnotherAttempt() =>
        new PodScript().To(PodStage.Connecting).Feed(new PodEvent.InstanceObserved(Id, PodScript.Instance(InstanceState.Terminated)))
            .In(PodStage.Held).Announced("InstanceTerminated").Wake().In(PodStage.RecordingPlan);

    [Fact]
    public void Terminated_WhileLaunchIsUnderWay_PodFails() =>
        new PodScript().To(PodStage.Starting).Feed(new PodEvent.InstanceObserved(Id, PodScript.Instance(InstanceState.Terminated))).In(PodStage.Finished);

    [Fact]
    public void Stopped_WhileRunning_PodFailsAndTheInstanceIsEnded() =>
        new PodScript().To(PodStage.Running).Feed(new PodEvent.InstanceObserved(Id, PodScript.Instance(InstanceState.Stopped)))
            .In(PodStage.Finished).Announced("InstanceStopped").After(TimeSpan.FromSeconds(60)).Has<PodEffect.TerminateInstance>();

    [Fact]
    public void Missing_OfAYoungInstance_IsNoDeath()
    {
        var script = new PodScript().To(PodStage.Launching);
        script.Feed(new PodEvent.InstanceLaunched(PodScript.Instance(InstanceState.Pending, script.Now)));
        for (var i = 0; i < 10; i++)
        {
            script.Feed(new PodEvent.InstanceObserved(Id, null)).In(PodStage.Connecting);
        }
    }

    [Fact]
    public void Missing_WhileTheAgentAnswers_IsNoDeath()
    {
        var script = new PodScript().To(PodStage.Running);
        for (var i = 0; i < 10; i++)
        {
            script.Feed(new PodEvent.InstanceObserved(Id, null)).In(PodStage.Running);
        }
    }

    [Fact]
    public void Missing_OldAndSilent_CountsAsTerminatedAfterThree()
    {
        var script = new PodScript().To(PodStage.Running).Feed(new PodEvent.CheckFailed(Id, "gone", NothingThere: false));
        script.Feed(new PodEvent.InstanceObserved(Id, null), new PodEvent.InstanceObserved(Id, null)).In(PodStage.Running)
            .Feed(new PodEvent.InstanceObserved(Id, null)).In(PodStage.Finished);
    }

    [Fact]
    public void InstanceTerminatedByOthers_ApplicationEndedFirst_StillSaysWhy()
    {
        var script = new PodScript().To(PodStage.Running)
            .Feed(new PodEvent.ApplicationReported(Id, PodScript.Report(PodPhase.Failed) with { Trouble = "container main ended with exit code 143 (Error)" }, Asked: false))
            .In(PodStage.Finished).Has<PodEffect.ObserveInstance>();
        Assert.Contains(script.Effects.OfType<PodEffect.Announce>(), told => told.Message.Contains("exit code 143", StringComparison.Ordinal));
        script.Feed(new PodEvent.InstanceObserved(Id, PodScript.Instance(InstanceState.ShuttingDown))).In(PodStage.Finished).HasNot<PodEffect.TerminateInstance>();
        Assert.Equal((PodPhase.Failed, Reasons.InstanceTerminated), (script.Pod.Wanted.Phase, script.Pod.Wanted.Reason));
    }

    [Fact]
    public void RunningApplication_StartedAgainAfterTrouble_IsTold()
    {
        var trouble = PodScript.Report(PodPhase.Running, "waiting") with { Trouble = "container main ended with exit code 1 (Error)" };
        var script = new PodScript().To(PodStage.Running).Feed(new PodEvent.ApplicationReported(Id, trouble, Asked: false));
        Assert.Contains("exit code 1", script.Single<PodEffect.Announce>().Message, StringComparison.Ordinal);
        script.Feed(new PodEvent.ApplicationReported(Id, trouble, Asked: false)).HasNot<PodEffect.Announce>();
    }

    [Fact]
    public void Restart_RunningPod_IsFollowedWithoutAnotherLaunch()
    {
        var script = new PodScript().Seen(PodScript.Demand with { InstanceId = Id, Phase = PodPhase.Running, Reported = PodScript.Report(PodPhase.Running) })
            .In(PodStage.Connecting).Has<PodEffect.ObserveInstance>().HasNot<PodEffect.WriteStatus>();
        script.Feed(new PodEvent.InstanceObserved(Id, PodScript.Instance(InstanceState.Running))).Has<PodEffect.DialAgent>()
            .Feed(new PodEvent.AgentReached(Id)).In(PodStage.Running).HasNot<PodEffect.LaunchApplication>().Has<PodEffect.WatchApplication>();
    }

    [Fact]
    public void Restart_PendingPodWithInstance_IsLaunched() =>
        new PodScript().Seen(PodScript.Demand with { InstanceId = Id, Phase = PodPhase.Pending })
            .Feed(new PodEvent.InstanceObserved(Id, PodScript.Instance(InstanceState.Running)), new PodEvent.AgentReached(Id))
            .In(PodStage.Starting).Has<PodEffect.LaunchApplication>();

    [Fact]
    public void Restart_PlanWithoutInstance_LooksTheTokenUp()
    {
        var plan = new LaunchPlan { ImageId = "ami-1", InstanceType = "t3.micro", SubnetId = "subnet-1", SignedAt = DateTimeOffset.UnixEpoch };
        var script = new PodScript().Seen(PodScript.Demand with { Recorded = new RecordedAttempt(3, plan) }).In(PodStage.LookingUp).HasNot<PodEffect.RunInstance>();
        Assert.Equal(3, script.Single<PodEffect.LookUpToken>().Attempt);
        script.Feed(new PodEvent.TokenLookedUp([]));
        Assert.Equal((3, plan), (script.Single<PodEffect.RunInstance>().Attempt, script.Single<PodEffect.RunInstance>().Plan));
    }

    [Fact]
    public void Restart_FinishedPod_EndsItsInstance() =>
        new PodScript().Seen(PodScript.Demand with { InstanceId = Id, Phase = PodPhase.Succeeded }).In(PodStage.Finished).HasNot<PodEffect.WriteStatus>()
            .After(TimeSpan.FromSeconds(60)).Has<PodEffect.TerminateInstance>();

    [Fact]
    public void Restart_InstanceOfARunningPodHasEnded_PodFails() =>
        new PodScript().Seen(PodScript.Demand with { InstanceId = Id, Phase = PodPhase.Running, Reported = PodScript.Report(PodPhase.Running) })
            .Feed(new PodEvent.InstanceObserved(Id, PodScript.Instance(InstanceState.Terminated))).In(PodStage.Finished);

    [Fact]
    public void InstanceNotRecorded_Retry_WrittenAgain()
    {
        var script = new PodScript().To(PodStage.Connecting).Feed(new PodEvent.InstanceNotRecorded(WriteFailure.Retry, ""));
        Assert.NotNull(script.Pod.RecordInstanceAt);
        script.After(TimeSpan.FromSeconds(30)).Has<PodEffect.RecordInstance>();
    }
}
