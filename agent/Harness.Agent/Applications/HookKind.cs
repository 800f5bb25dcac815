namespace Harness.Agent.Applications;

/// <summary>The two lifecycle hooks of a container.</summary>
internal enum HookKind
{
    PostStart,
    PreStop,
}
