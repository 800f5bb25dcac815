using Harness.Provider.Lifecycle;

namespace Harness.Provider.Tests.Lifecycle;

public sealed class DeletionTests
{
    private const string Id = PodScript.InstanceId;

    [Fact]
    public void Running_ApplicationEndsThenInstanceThenObject()
    {
        var script = new PodScript().To(PodStage.Running).Deleted().In(PodStage.Stopping).Announced("Killing");
        Assert.Equal(TimeSpan.FromSeconds(30), script.Single<PodEffect.TerminateApplication>().Grace);
        script.Feed(new PodEvent.TerminationAccepted(Id)).Has<PodEffect.CheckApplication>().HasNot<PodEffect.TerminateInstance>();
        script.Feed(new PodEvent.ApplicationReported(Id, PodScript.Report(PodPhase.Succeeded), Asked: true)).In(PodStage.Ending)
            .Has<PodEffect.TerminateInstance>().Has<PodEffect.WriteStatus>().HasNot<PodEffect.RemovePod>();
        script.Feed(new PodEvent.InstanceEnding(Id)).In(PodStage.Removing).HasNot<PodEffect.RemovePod>();
        script.Feed(new PodEvent.StatusWritten()).Has<PodEffect.RemovePod>().Feed(new PodEvent.PodRemoved()).In(PodStage.Gone);
    }

    [Fact]
    public void Running_ApplicationIgnoresIt_InstanceEndsAtTheEndOfTheGrace()
    {
        var script = new PodScript().To(PodStage.Running).Deleted(TimeSpan.FromSeconds(5)).Feed(new PodEvent.TerminationAccepted(Id));
        script.After(TimeSpan.FromSeconds(4)).In(PodStage.Stopping).After(TimeSpan.FromSeconds(1)).In(PodStage.Ending).Has<PodEffect.TerminateInstance>();
    }

    [Fact]
    public void Running_LaterOrderHurries()
    {
        var script = new PodScript().To(PodStage.Running).Deleted(TimeSpan.FromSeconds(30)).Deleted(TimeSpan.FromSeconds(1));
        script.After(TimeSpan.FromSeconds(1)).In(PodStage.Ending);
    }

    [Fact]
    public void Running_AgentSaysNothingIsThere_EndsAtOnce() =>
        new PodScript().To(PodStage.Running).Deleted().Feed(new PodEvent.TerminationAccepted(Id), new PodEvent.CheckFailed(Id, "", NothingThere: true))
            .In(PodStage.Ending);

    [Fact]
    public void Running_AgentDoesNotAnswer_RetriesUntilTheGraceEnds()
    {
        var script = new PodScript().To(PodStage.Running).Deleted(TimeSpan.FromSeconds(10)).Feed(new PodEvent.TerminationFailed(Id, "gone", NotOffered: false))
            .In(PodStage.Stopping).Wake();
        script.After(TimeSpan.FromSeconds(10)).In(PodStage.Ending);
    }

    [Fact]
    public void Held_ObjectIsRemovedAtOnce() =>
        new PodScript().Seen(PodScript.Demand with { OwnedByDaemonSet = true }).Deleted().In(PodStage.Removing).Has<PodEffect.RemovePod>();

    [Fact]
    public void RecordingPlan_WaitsForTheAnswerAndLaunchesNothing() =>
        new PodScript().Seen().Deleted().In(PodStage.RecordingPlan).Feed(new PodEvent.PlanRecorded()).In(PodStage.Removing)
            .HasNot<PodEffect.RunInstance>().Has<PodEffect.RemovePod>();

    [Fact]
    public void Launching_WaitsForTheInstanceAndEndsIt() =>
        new PodScript().To(PodStage.Launching).Deleted().In(PodStage.Launching).HasNot<PodEffect.RemovePod>()
            .Feed(new PodEvent.InstanceLaunched(PodScript.Instance(InstanceState.Pending))).In(PodStage.Ending).Has<PodEffect.TerminateInstance>();

    [Fact]
    public void Launching_OutcomeUnknown_IsLookedUpTwiceBeforeTheObjectGoes()
    {
        var script = new PodScript().To(PodStage.Launching).Deleted().Feed(new PodEvent.LaunchUnknown("timeout")).In(PodStage.LookingUp).Wake()
            .Feed(new PodEvent.TokenLookedUp([])).In(PodStage.LookingUp).HasNot<PodEffect.RunInstance>();
        script.Wake().Feed(new PodEvent.TokenLookedUp([])).In(PodStage.Removing);
    }

    [Fact]
    public void Connecting_InstanceIsEndedWithoutTheAgent() =>
        new PodScript().To(PodStage.Connecting).Deleted().In(PodStage.Ending).Has<PodEffect.TerminateInstance>().HasNot<PodEffect.TerminateApplication>();

    [Fact]
    public void Starting_WaitsForTheLaunchThenStops() =>
        new PodScript().To(PodStage.Starting).Deleted().In(PodStage.Starting).Feed(new PodEvent.ApplicationLaunched(Id)).In(PodStage.Stopping)
            .Has<PodEffect.TerminateApplication>();

    [Fact]
    public void Finished_InstanceIsEndedAtOnce() => new PodScript().To(PodStage.Finished).Deleted().In(PodStage.Ending).Has<PodEffect.TerminateInstance>();

    [Fact]
    public void Ending_TerminationFails_RetriedUntilAccepted() =>
        new PodScript().To(PodStage.Connecting).Deleted().Feed(new PodEvent.InstanceNotEnded(Id, "timeout", NotFound: false)).In(PodStage.Ending)
            .Announced("InstanceNotEnded").Wake().Has<PodEffect.TerminateInstance>().Feed(new PodEvent.InstanceEnding(Id)).In(PodStage.Removing);

    [Fact]
    public void Ending_YoungInstanceNotFound_IsNotBelieved()
    {
        var script = new PodScript().To(PodStage.Launching);
        script.Feed(new PodEvent.InstanceLaunched(PodScript.Instance(InstanceState.Pending, script.Now))).Deleted().In(PodStage.Ending);
        script.Feed(new PodEvent.InstanceNotEnded(Id, "not found", NotFound: true)).In(PodStage.Ending);
        script.After(TimeSpan.FromSeconds(61)).Feed(new PodEvent.InstanceNotEnded(Id, "not found", NotFound: true)).In(PodStage.Removing);
    }

    [Fact]
    public void Removing_Fails_RetriedForEver()
    {
        var script = new PodScript().To(PodStage.Connecting).Deleted().Feed(new PodEvent.InstanceEnding(Id)).In(PodStage.Removing);
        for (var i = 0; i < 30; i++)
        {
            script.Feed(new PodEvent.PodNotRemoved("503")).Wake().Has<PodEffect.RemovePod>();
        }
    }

    [Fact]
    public void Vanished_WhileRunning_ApplicationAndInstanceEnd() =>
        new PodScript().To(PodStage.Running).Feed(new PodEvent.Vanished()).In(PodStage.Stopping).Feed(new PodEvent.TerminationAccepted(Id))
            .Feed(new PodEvent.ApplicationReported(Id, PodScript.Report(PodPhase.Failed), Asked: true)).In(PodStage.Ending).HasNot<PodEffect.WriteStatus>()
            .Feed(new PodEvent.InstanceEnding(Id)).In(PodStage.Gone);

    [Fact]
    public void Terminated_WhileStopping_ObjectIsRemoved() =>
        new PodScript().To(PodStage.Running).Deleted().Feed(new PodEvent.InstanceObserved(Id, PodScript.Instance(InstanceState.Terminated))).In(PodStage.Removing);

    [Fact]
    public void TerminalStatus_NotWritten_IsRetriedBeforeTheObjectGoes()
    {
        var script = new PodScript().To(PodStage.Running).Deleted().Feed(new PodEvent.TerminationAccepted(Id))
            .Feed(new PodEvent.ApplicationReported(Id, PodScript.Report(PodPhase.Succeeded), Asked: true))
            .Feed(new PodEvent.InstanceEnding(Id)).Feed(new PodEvent.StatusNotWritten(WriteFailure.Retry, "503")).In(PodStage.Removing).HasNot<PodEffect.RemovePod>();
        script.Wake().Has<PodEffect.WriteStatus>().Feed(new PodEvent.StatusWritten()).Has<PodEffect.RemovePod>();
    }
}
