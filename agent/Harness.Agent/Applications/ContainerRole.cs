namespace Harness.Agent.Applications;

/// <summary>What a container is to its pod: an init container, a restartable init container, or one of the main ones.</summary>
internal enum ContainerRole
{
    Init,
    Sidecar,
    Main,
}
