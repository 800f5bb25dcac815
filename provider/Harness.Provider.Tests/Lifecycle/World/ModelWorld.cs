using Harness.Provider.Launching;
using Harness.Provider.Lifecycle;

namespace Harness.Provider.Tests.Lifecycle.World;

/// <summary>
/// The Kubernetes API, EC2 and agents around one pod as plain tables, under a clock moved by hand. An effect acts on the tables at once
/// and gives its result; the driver decides when, and whether, the core hears of it.
/// </summary>
internal sealed class ModelWorld(string uid, DateTimeOffset start)
{
    private int _nextId = 1;

    public DateTimeOffset Now { get; set; } = start;
    public List<WorldInstance> Instances { get; } = [];
    public bool PodExists { get; set; } = true;
    public DateTimeOffset? DeletionDue { get; set; }
    public string? InstanceIdAnnotation { get; set; }
    public RecordedAttempt? PlanAnnotation { get; set; }
    public StatusView? Status { get; set; }
    public List<string> Reasons { get; } = [];

    /// <summary>What the next RunInstances answers instead of launching; the queue's end is success.</summary>
    public Queue<PodEvent> LaunchAnswers { get; } = new();

    public IEnumerable<WorldInstance> Live => Instances.Where(instance => !instance.Facts.IsDead);

    public PodDemand Demand => new()
    {
        Uid = uid,
        Namespace = "default",
        Name = "pod",
        Wishes = new LaunchWishes { ImageId = "ami-1", InstanceType = "t3.micro", SubnetId = "subnet-1" },
        InstanceId = InstanceIdAnnotation,
        Recorded = PlanAnnotation,
        Phase = Status?.Phase ?? PodPhase.None,
        Reported = Status?.Report,
        DeletionDue = DeletionDue,
        Grace = TimeSpan.FromSeconds(30),
    };

    /// <summary>Moves the world on by itself: boots end, ending instances end.</summary>
    public void Pass(TimeSpan time)
    {
        Now += time;
        foreach (var instance in Instances)
        {
            if (instance.State == InstanceState.Pending && Now - instance.LaunchedAt >= TimeSpan.FromSeconds(1))
            {
                instance.State = InstanceState.Running;
                instance.AgentUp = true;
            }
        }
    }

    public PodEvent? Perform(PodEffect effect)
    {
        switch (effect)
        {
            case PodEffect.RecordPlan record:
                if (!PodExists)
                {
                    return new PodEvent.PlanNotRecorded(WriteFailure.ObjectGone, "");
                }

                (PlanAnnotation, InstanceIdAnnotation) = (new RecordedAttempt(record.Attempt, record.Plan), null);
                return new PodEvent.PlanRecorded();
            case PodEffect.RecordInstance record:
                InstanceIdAnnotation = PodExists ? record.InstanceId : InstanceIdAnnotation;
                return PodExists ? new PodEvent.InstanceRecorded() : new PodEvent.InstanceNotRecorded(WriteFailure.ObjectGone, "");
            case PodEffect.WriteStatus write:
                Status = PodExists ? write.View : Status;
                return PodExists ? new PodEvent.StatusWritten() : new PodEvent.StatusNotWritten(WriteFailure.ObjectGone, "");
            case PodEffect.RemovePod:
                PodExists = false;
                return new PodEvent.PodRemoved();
            case PodEffect.Announce announce:
                Reasons.Add(announce.Reason);
                return null;
            case PodEffect.RunInstance run: return Run(run);
            case PodEffect.LookUpToken lookUp:
                return new PodEvent.TokenLookedUp([.. Instances.Where(instance => instance.Token == ClientToken.For(uid, lookUp.Attempt)).Select(instance => instance.Facts)]);
            case PodEffect.TerminateInstance terminate:
                Find(terminate.InstanceId)!.State = InstanceState.Terminated;
                return new PodEvent.InstanceEnding(terminate.InstanceId);
            case PodEffect.ObserveInstance observe: return new PodEvent.InstanceObserved(observe.InstanceId, Find(observe.InstanceId)?.Facts);
            default: return PerformOnAgent(effect);
        }
    }

    public WorldInstance? Find(string id) => Instances.FirstOrDefault(instance => instance.Id == id);

    private PodEvent Run(PodEffect.RunInstance run)
    {
        if (LaunchAnswers.TryDequeue(out var answer))
        {
            return answer;
        }

        var token = ClientToken.For(uid, run.Attempt);
        var known = Instances.FirstOrDefault(instance => instance.Token == token);
        if (known is { Facts.IsDead: true })
        {
            return new PodEvent.LaunchRefused(LaunchRefusal.TokenSpent, "IdempotentInstanceTerminated", "");
        }

        if (known is null)
        {
            known = new WorldInstance($"{_nextId++}", token, Now);
            Instances.Add(known);
        }

        return new PodEvent.InstanceLaunched(known.Facts);
    }

    private PodEvent? PerformOnAgent(PodEffect effect)
    {
        switch (effect)
        {
            case PodEffect.DialAgent dial:
                return Answers(dial.InstanceId) is not null ? new PodEvent.AgentReached(dial.InstanceId) : new PodEvent.AgentUnreachable(dial.InstanceId, "refused");
            case PodEffect.LaunchApplication launch:
                if (Answers(launch.InstanceId) is not { } host)
                {
                    return new PodEvent.ApplicationNotLaunched(launch.InstanceId, AgentRefusal.Unreachable, "gone");
                }

                host.Launches += host.Application == PodPhase.None ? 1 : 0;
                host.Application = PodPhase.Running;
                return new PodEvent.ApplicationLaunched(launch.InstanceId);
            case PodEffect.CheckApplication check:
                return Answers(check.InstanceId) is { } asked
                    ? new PodEvent.ApplicationReported(check.InstanceId, Report(asked.Application), Asked: true)
                    : new PodEvent.CheckFailed(check.InstanceId, "gone", NothingThere: false);
            case PodEffect.TerminateApplication terminate:
                if (Answers(terminate.InstanceId) is not { } ending)
                {
                    return new PodEvent.TerminationFailed(terminate.InstanceId, "gone", NotOffered: false);
                }

                ending.Application = PodPhase.Succeeded;
                return new PodEvent.TerminationAccepted(terminate.InstanceId);
            case PodEffect.WatchApplication or PodEffect.CloseAgent: return null;
            default: throw new ArgumentOutOfRangeException(nameof(effect), effect, "No such effect.");
        }
    }

    public static AgentReport Report(PodPhase phase) => new(phase, phase == PodPhase.Running, phase.ToString(), null);

    private WorldInstance? Answers(string id) => Find(id) is { AgentUp: true, Facts.IsDead: false } instance ? instance : null;
}
