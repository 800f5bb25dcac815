namespace Harness.Agent.Applications;

/// <summary>The probes of a container.</summary>
internal sealed record ContainerProbes(ProbeSpec? Startup, ProbeSpec? Liveness, ProbeSpec? Readiness)
{
    public static ContainerProbes None { get; } = new(null, null, null);

    public ProbeSpec? this[ProbeKind kind] => kind switch
    {
        ProbeKind.Startup => Startup,
        ProbeKind.Liveness => Liveness,
        _ => Readiness,
    };
}
