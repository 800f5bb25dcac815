namespace Harness.Agent.Applications;

/// <summary>The probes of one run of a container. A probe that is not there passes.</summary>
internal sealed record ProbeStates(ProbeState? Startup, ProbeState? Liveness, ProbeState? Readiness)
{
    public static ProbeStates None { get; } = new(null, null, null);

    public bool Started => Startup?.Passing ?? true;

    public bool Ready => Readiness?.Passing ?? true;

    public ProbeState? this[ProbeKind kind] => kind switch
    {
        ProbeKind.Startup => Startup,
        ProbeKind.Liveness => Liveness,
        _ => Readiness,
    };

    public static ProbeStates For(ContainerProbes specs, DateTimeOffset startedAt) => new(
        specs.Startup is null ? null : ProbeState.First(specs.Startup, startedAt, passing: false),
        specs.Liveness is null ? null : ProbeState.First(specs.Liveness, startedAt, passing: true),
        specs.Readiness is null ? null : ProbeState.First(specs.Readiness, startedAt, passing: false));

    /// <summary>What is known of the probes of a run that an earlier agent started: whether they passed.</summary>
    public static ProbeStates Remembered(ContainerProbes specs, bool started, bool ready) => new(
        Remembered(specs.Startup, started), Remembered(specs.Liveness, true), Remembered(specs.Readiness, ready));

    /// <summary>The same answers so far, and each probe due as after a start at that time.</summary>
    public ProbeStates From(ContainerProbes specs, DateTimeOffset now) => new(
        Startup is null ? null : ProbeState.First(specs.Startup!, now, Startup.Passing),
        Liveness is null ? null : ProbeState.First(specs.Liveness!, now, Liveness.Passing),
        Readiness is null ? null : ProbeState.First(specs.Readiness!, now, Readiness.Passing));

    public ProbeStates Moved(TimeSpan by) => new(Startup?.Moved(by), Liveness?.Moved(by), Readiness?.Moved(by));

    public ProbeStates With(ProbeKind kind, ProbeState state) => kind switch
    {
        ProbeKind.Startup => this with { Startup = state },
        ProbeKind.Liveness => this with { Liveness = state },
        _ => this with { Readiness = state },
    };

    private static ProbeState? Remembered(ProbeSpec? spec, bool passing) =>
        spec is null ? null : new ProbeState(DateTimeOffset.MaxValue, false, 0, 0, passing);

    /// <summary>The startup probe runs alone until it passes, then never again; the others run from then on.</summary>
    public bool IsWanted(ProbeKind kind) => this[kind] is not null && (kind == ProbeKind.Startup ? !Started : Started);
}
