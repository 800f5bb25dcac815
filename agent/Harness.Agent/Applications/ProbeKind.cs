namespace Harness.Agent.Applications;

/// <summary>The three probes of a container.</summary>
internal enum ProbeKind
{
    Startup,
    Liveness,
    Readiness,
}
