namespace Harness.Agent.Applications;

/// <summary>The lifecycle hooks of a container.</summary>
internal sealed record ContainerHooks(HandlerSpec? PostStart, HandlerSpec? PreStop)
{
    public static ContainerHooks None { get; } = new(null, null);
}
