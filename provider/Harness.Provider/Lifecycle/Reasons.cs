namespace Harness.Provider.Lifecycle;

/// <summary>The reasons that statuses and events carry; documented in provider/README.md.</summary>
internal static class Reasons
{
    public const string InstanceLaunching = "InstanceLaunching";
    public const string InstanceLaunched = "InstanceLaunched";
    public const string InstanceBooting = "InstanceBooting";
    public const string InstanceLaunchFailed = "InstanceLaunchFailed";
    public const string InstanceOutcomeUnknown = "InstanceOutcomeUnknown";
    public const string InstanceAdopted = "InstanceAdopted";
    public const string InstanceTerminated = "InstanceTerminated";
    public const string InstanceStopped = "InstanceStopped";
    public const string InstanceNotEnded = "InstanceNotEnded";
    public const string LaunchLimited = "LaunchLimited";
    public const string LaunchIncomplete = "LaunchIncomplete";
    public const string DaemonSetNotLaunched = "DaemonSetNotLaunched";
    public const string FieldNotSupported = "FieldNotSupported";
    public const string AgentConnecting = "AgentConnecting";
    public const string AgentConnected = "AgentConnected";
    public const string AgentTimeout = "AgentTimeout";
    public const string AgentUnreachable = "AgentUnreachable";
    public const string AgentUnhealthy = "AgentUnhealthy";
    public const string AgentHealthy = "AgentHealthy";
    public const string ApplicationStarting = "ApplicationStarting";
    public const string ApplicationRejected = "ApplicationRejected";
    public const string ApplicationNotStarted = "ApplicationNotStarted";
    public const string Started = "Started";
    public const string BackOff = "BackOff";
    public const string Succeeded = "Succeeded";
    public const string Failed = "Failed";
    public const string Killing = "Killing";
}
