namespace Harness.Agent.Applications;

/// <summary>Where a container is in its life. Starting is shown to clients as waiting.</summary>
internal enum ContainerPhase
{
    Waiting,
    Starting,
    Running,
    Terminated,
}
