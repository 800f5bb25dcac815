using System.Collections.Immutable;
using Harness.Provider.Lifecycle;

namespace Harness.Provider.Tests.Lifecycle;

/// <summary>Feeds events to the core one by one under a clock of its own, and keeps the effects of the last one.</summary>
internal sealed class PodScript
{
    public const string Uid = "uid-1";
    public const string InstanceId = "i-1";

    public PodPolicy Policy { get; init; } = new();
    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public PodRecord Pod { get; private set; } = new() { Uid = Uid };
    public ImmutableArray<PodEffect> Effects { get; private set; } = [];
    public List<PodEffect> All { get; } = [];

    public static PodDemand Demand { get; } = new()
    {
        Uid = Uid, Namespace = "default", Name = "web",
        Wishes = new LaunchWishes { ImageId = "ami-1", InstanceType = "t3.micro", SubnetId = "subnet-1" },
    };

    public static InstanceFacts Instance(InstanceState state, DateTimeOffset? launchedAt = null) => new(InstanceId, "127.0.0.5", state, launchedAt);

    public static AgentReport Report(PodPhase phase, string fingerprint = "") => new(phase, phase == PodPhase.Running, phase + fingerprint, null);

    public PodScript Feed(params PodEvent[] happened)
    {
        foreach (var one in happened)
        {
            var step = PodCore.Step(Pod, one, Now, Policy);
            (Pod, Effects) = (step.Pod, step.Effects);
            All.AddRange(Effects);
        }

        return this;
    }

    public PodScript Seen(PodDemand? demand = null) => Feed(new PodEvent.Seen(demand ?? Demand));

    /// <summary>Lets time pass and ticks.</summary>
    public PodScript After(TimeSpan time)
    {
        Now += time;
        return Feed(new PodEvent.Tick());
    }

    /// <summary>Ticks at the next wake.</summary>
    public PodScript Wake()
    {
        Assert.NotNull(Pod.NextWake);
        return After(Pod.NextWake.Value > Now ? Pod.NextWake.Value - Now : TimeSpan.Zero);
    }

    public PodScript Deleted(TimeSpan? grace = null) => Seen(Demand with { DeletionDue = Now + (grace ?? TimeSpan.FromSeconds(30)) });

    /// <summary>Brings a new pod to a stage by the shortest way.</summary>
    public PodScript To(PodStage stage)
    {
        PodEvent[] way =
        [
            new PodEvent.Seen(Demand), new PodEvent.StatusWritten(), new PodEvent.PlanRecorded(), new PodEvent.InstanceLaunched(Instance(InstanceState.Pending)),
            new PodEvent.StatusWritten(), new PodEvent.InstanceRecorded(), new PodEvent.AgentReached(InstanceId), new PodEvent.StatusWritten(),
            new PodEvent.ApplicationLaunched(InstanceId), new PodEvent.ApplicationReported(InstanceId, Report(PodPhase.Running), Asked: true),
            new PodEvent.StatusWritten(), new PodEvent.ApplicationReported(InstanceId, Report(PodPhase.Succeeded), Asked: false),
        ];
        for (var i = 0; i < way.Length && Pod.Stage != stage; i++)
        {
            Feed(way[i]);
        }

        if (stage == PodStage.Running)
        {
            Feed(new PodEvent.ApplicationReported(InstanceId, Report(PodPhase.Running), Asked: true), new PodEvent.StatusWritten(), new PodEvent.StatusWritten());
        }

        Assert.Equal(stage, Pod.Stage);
        return this;
    }

    public T Single<T>() where T : PodEffect => Assert.Single(Effects.OfType<T>());

    public PodScript Has<T>() where T : PodEffect
    {
        Assert.Contains(Effects, effect => effect is T);
        return this;
    }

    public PodScript HasNot<T>() where T : PodEffect
    {
        Assert.DoesNotContain(Effects, effect => effect is T);
        return this;
    }

    public PodScript Announced(string reason)
    {
        Assert.Contains(Effects.OfType<PodEffect.Announce>(), effect => effect.Reason == reason);
        return this;
    }

    public PodScript In(PodStage stage)
    {
        Assert.Equal(stage, Pod.Stage);
        return this;
    }
}
