using System.Collections.Immutable;
using Harness.Agent.Applications;

namespace Harness.Agent.Tests.Support;

/// <summary>
/// Drives the pure core by hand: events in, effects out, time as a number. Ticks are given as the core's timers ask for them.
/// Workloads start at once unless told otherwise.
/// </summary>
internal sealed class CoreDriver
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public ApplicationState State { get; private set; } = ApplicationState.Empty;

    public DateTimeOffset Now { get; private set; } = Start;

    public List<ApplicationEffect> Effects { get; } = [];

    /// <summary>False: the test answers StartWorkload itself.</summary>
    public bool StartsAtOnce { get; set; } = true;

    public TimeSpan Elapsed => Now - Start;

    public IEnumerable<string> Started => Effects.OfType<ApplicationEffect.StartWorkload>().Select(start => start.Key.Container);

    public IEnumerable<(string Container, bool Kill)> Signals =>
        Effects.OfType<ApplicationEffect.SignalWorkload>().Select(signal => (signal.Key.Container, signal.Kill));

    public LaunchAnswer LastAnswer => Effects.OfType<ApplicationEffect.AnswerLaunch>().Last().Answer;

    public ContainerState this[string container] => State.Containers.Single(candidate => candidate.Spec.Name == container);

    public static ContainerSpec Container(string name, RestartPolicy policy = RestartPolicy.Always, ContainerRole role = ContainerRole.Main) => new()
    {
        Name = name,
        Image = "image",
        Role = role,
        CommandLine = ["/bin/program"],
        Environment = [],
        RestartPolicy = policy,
    };

    public static ApplicationSpec Spec(params ContainerSpec[] containers) => new()
    {
        Uid = "uid-1",
        Namespace = "default",
        Name = "pod",
        RestartPolicy = RestartPolicy.Always,
        Grace = TimeSpan.FromSeconds(30),
        Containers = [.. containers],
        Digest = "digest",
    };

    public CoreDriver Apply(ApplicationEvent happened)
    {
        var step = ApplicationCore.Apply(State, happened, Now);
        State = step.State;
        Effects.AddRange(step.Effects);
        foreach (var start in StartsAtOnce ? step.Effects.OfType<ApplicationEffect.StartWorkload>() : [])
        {
            Apply(new ApplicationEvent.WorkloadStarted(start.Key));
        }

        return this;
    }

    public CoreDriver Launch(ApplicationSpec spec) => Apply(new ApplicationEvent.LaunchRequested(spec));

    public CoreDriver Exit(string container, int exitCode) =>
        Apply(new ApplicationEvent.WorkloadExited(this[container].Key, new WorkloadExit(exitCode, 0)));

    public CoreDriver ExitBySignal(string container, int signal) =>
        Apply(new ApplicationEvent.WorkloadExited(this[container].Key, WorkloadExit.BySignal(signal)));

    public CoreDriver Terminate(TimeSpan? grace = null) => Apply(new ApplicationEvent.TerminateRequested(grace));

    /// <summary>Gives the ticks that are due now.</summary>
    public CoreDriver Settle() => Advance(TimeSpan.Zero);

    /// <summary>Lets time pass, with a tick at each time that the core asks for.</summary>
    public CoreDriver Advance(TimeSpan by)
    {
        var target = Now + by;
        for (var ticks = 0; ApplicationTimers.NextDue(State) is { } due && due <= target; ticks++)
        {
            Assert.True(ticks < 1000, "The core asks for ticks without end.");
            Now = due > Now ? due : Now;
            Apply(ApplicationEvent.Tick.Instance);
        }

        Now = target;
        return this;
    }

    public ImmutableDictionary<string, bool> Conditions => State.Conditions.ToImmutableDictionary(condition => condition.Type, condition => condition.Status);
}
