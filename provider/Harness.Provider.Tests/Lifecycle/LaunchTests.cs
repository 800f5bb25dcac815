using Harness.Provider.Lifecycle;

namespace Harness.Provider.Tests.Lifecycle;

public sealed class LaunchTests
{
    [Fact]
    public void Seen_NewPod_RecordsThePlanFirst()
    {
        var script = new PodScript().Seen().In(PodStage.RecordingPlan).HasNot<PodEffect.RunInstance>();
        Assert.Equal(1, script.Single<PodEffect.RecordPlan>().Attempt);
        Assert.Equal("InstanceLaunching", script.Single<PodEffect.WriteStatus>().View.WaitingReason);
        script.Feed(new PodEvent.PlanRecorded()).In(PodStage.Launching).Announced("InstanceLaunching").Has<PodEffect.RunInstance>();
    }

    [Fact]
    public void Launched_DialsAtOnceAndRecordsTheInstance() =>
        new PodScript().To(PodStage.Launching).Feed(new PodEvent.InstanceLaunched(PodScript.Instance(InstanceState.Pending)))
            .In(PodStage.Connecting).Has<PodEffect.RecordInstance>().Has<PodEffect.DialAgent>().Announced("InstanceLaunched");

    [Theory]
    [InlineData("image-id")]
    [InlineData("instance-type")]
    [InlineData("subnet-id")]
    public void Seen_WithoutWhatIsNeeded_IsHeldAndSaysWhat(string annotation)
    {
        var wishes = annotation switch
        {
            "image-id" => PodScript.Demand.Wishes with { ImageId = null },
            "instance-type" => PodScript.Demand.Wishes with { InstanceType = null },
            _ => PodScript.Demand.Wishes with { SubnetId = null },
        };
        var script = new PodScript().Seen(PodScript.Demand with { Wishes = wishes }).In(PodStage.Held).Announced("LaunchIncomplete");
        Assert.Contains("compute.amazonaws.com/" + annotation, script.Single<PodEffect.WriteStatus>().View.WaitingMessage, StringComparison.Ordinal);
        Assert.Null(script.Pod.NextWake);
        script.Seen().In(PodStage.RecordingPlan);
    }

    [Fact]
    public void Seen_DaemonSetPod_IsHeldUntilAnnotated()
    {
        var demand = PodScript.Demand with { OwnedByDaemonSet = true };
        new PodScript().Seen(demand).In(PodStage.Held).Announced("DaemonSetNotLaunched").HasNot<PodEffect.RecordPlan>()
            .Seen(demand with { LaunchAsked = true }).In(PodStage.RecordingPlan);
    }

    [Fact]
    public void Seen_FieldNotSupported_FailsWithoutBuying()
    {
        var script = new PodScript().Seen(PodScript.Demand with { Refusal = "volume data" }).In(PodStage.Finished).HasNot<PodEffect.RecordPlan>();
        Assert.Equal(PodPhase.Failed, script.Single<PodEffect.WriteStatus>().View.Phase);
        script.Announced("FieldNotSupported");
    }

    [Fact]
    public void Refused_Definite_NewAttemptAfterBackoff()
    {
        var script = new PodScript().To(PodStage.Launching)
            .Feed(new PodEvent.LaunchRefused(LaunchRefusal.Definite, "InvalidParameterValue", "no such type")).In(PodStage.Held).Announced("InstanceLaunchFailed");
        Assert.Contains("no such type", script.Pod.Wanted.WaitingMessage, StringComparison.Ordinal);
        script.Wake().In(PodStage.RecordingPlan);
        Assert.Equal(2, script.Single<PodEffect.RecordPlan>().Attempt);
    }

    [Fact]
    public void Refused_Repeatedly_BacksOffToTheCapForEver()
    {
        var script = new PodScript().To(PodStage.Launching);
        var longest = TimeSpan.Zero;
        for (var attempt = 1; attempt <= 50; attempt++)
        {
            script.Feed(new PodEvent.LaunchRefused(LaunchRefusal.Definite, "InsufficientInstanceCapacity", "")).In(PodStage.Held);
            var wait = script.Pod.WakeAt!.Value - script.Now;
            longest = wait > longest ? wait : longest;
            script.Wake().In(PodStage.RecordingPlan).Feed(new PodEvent.PlanRecorded()).In(PodStage.Launching);
        }

        Assert.Equal(51, script.Pod.Attempt);
        Assert.InRange(longest, script.Policy.LaunchBackoff.MaxDelay * 0.8, script.Policy.LaunchBackoff.MaxDelay);
    }

    [Fact]
    public void Refused_Throttled_RepeatsTheSameAttempt()
    {
        var script = new PodScript().To(PodStage.Launching).Feed(new PodEvent.LaunchRefused(LaunchRefusal.Throttled, "RequestLimitExceeded", ""))
            .In(PodStage.Launching).Wake();
        Assert.Equal(1, script.Single<PodEffect.RunInstance>().Attempt);
    }

    [Fact]
    public void Unknown_NothingUnderTheToken_RepeatsTheSameAttempt()
    {
        var script = new PodScript().To(PodStage.Launching).Feed(new PodEvent.LaunchUnknown("timeout")).In(PodStage.LookingUp)
            .Announced("InstanceOutcomeUnknown").Wake().Has<PodEffect.LookUpToken>().Feed(new PodEvent.TokenLookedUp([])).In(PodStage.Launching);
        Assert.Equal(1, script.Single<PodEffect.RunInstance>().Attempt);
    }

    [Fact]
    public void Unknown_InstanceUnderTheToken_IsAdopted() =>
        new PodScript().To(PodStage.Launching).Feed(new PodEvent.LaunchUnknown("timeout")).Wake()
            .Feed(new PodEvent.TokenLookedUp([PodScript.Instance(InstanceState.Running)])).In(PodStage.Connecting)
            .Announced("InstanceAdopted").Has<PodEffect.RecordInstance>();

    [Fact]
    public void Refused_AfterADoubt_IsBelievedOnlyAfterTwoEmptyLookups()
    {
        var script = new PodScript().To(PodStage.Launching).Feed(new PodEvent.LaunchUnknown("timeout")).Wake().Feed(new PodEvent.TokenLookedUp([]))
            .Feed(new PodEvent.LaunchRefused(LaunchRefusal.Definite, "InsufficientInstanceCapacity", "")).In(PodStage.LookingUp).Wake()
            .Feed(new PodEvent.TokenLookedUp([])).In(PodStage.LookingUp).Wake().Feed(new PodEvent.TokenLookedUp([])).In(PodStage.Held);
        script.Wake();
        Assert.Equal(2, script.Single<PodEffect.RecordPlan>().Attempt);
    }

    [Fact]
    public void Refused_TokenUsed_KeepsLookingForTheInstance()
    {
        var script = new PodScript().To(PodStage.Launching).Feed(new PodEvent.LaunchRefused(LaunchRefusal.TokenUsed, "IdempotentParameterMismatch", ""));
        for (var i = 0; i < 7; i++)
        {
            script.In(PodStage.LookingUp).Wake().Has<PodEffect.LookUpToken>().Feed(new PodEvent.TokenLookedUp([]));
        }

        script.In(PodStage.LookingUp).Feed(new PodEvent.TokenLookedUp([PodScript.Instance(InstanceState.Running)])).In(PodStage.Connecting);
    }

    [Fact]
    public void Refused_TokenSpent_NewAttempt() =>
        new PodScript().To(PodStage.Launching).Feed(new PodEvent.LaunchRefused(LaunchRefusal.TokenSpent, "IdempotentInstanceTerminated", "")).In(PodStage.Held);

    [Fact]
    public void Limited_WaitsAndSaysSoOnce()
    {
        var script = new PodScript().To(PodStage.Launching).Feed(new PodEvent.LaunchLimited("paused", TimeSpan.FromSeconds(5))).Announced("LaunchLimited");
        script.Wake().Has<PodEffect.RunInstance>().Feed(new PodEvent.LaunchLimited("paused", TimeSpan.FromSeconds(5))).HasNot<PodEffect.Announce>();
    }

    [Fact]
    public void PlanNotRecorded_Retry_SameAttemptAgain()
    {
        var script = new PodScript().Seen().Feed(new PodEvent.PlanNotRecorded(WriteFailure.Retry, "")).HasNot<PodEffect.RunInstance>().Wake();
        Assert.Equal(1, script.Single<PodEffect.RecordPlan>().Attempt);
    }

    [Fact]
    public void PlanNotRecorded_ObjectGone_Ends() =>
        new PodScript().Seen().Feed(new PodEvent.PlanNotRecorded(WriteFailure.ObjectGone, "")).In(PodStage.Gone).HasNot<PodEffect.RunInstance>();
}
