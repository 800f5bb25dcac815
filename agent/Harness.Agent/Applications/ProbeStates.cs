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

    public ProbeStates With(ProbeKind kind, ProbeState state) => kind switch
    {
        ProbeKind.Startup => this with { Startup = state },
        ProbeKind.Liveness => this with { Liveness = state },
        _ => this with { Readiness = state },
    };

    /// <summary>The startup probe runs alone until it passes, then never again; the others run from then on.</summary>
    public bool IsWanted(ProbeKind kind) => this[kind] is not null && (kind == ProbeKind.Startup ? !Started : Started);
}
