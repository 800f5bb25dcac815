namespace Harness.Agent.Applications;

/// <summary>How far the ending of a running container has got.</summary>
internal enum StopStage
{
    None,
    PreStop,
    TermSent,
    KillSent,
}
