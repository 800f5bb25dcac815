namespace Harness.Ec2.Model;

/// <summary>The names of an instance's states.</summary>
public static class InstanceStateName
{
    public const string Pending = "pending";
    public const string Running = "running";
    public const string ShuttingDown = "shutting-down";
    public const string Terminated = "terminated";
    public const string Stopping = "stopping";
    public const string Stopped = "stopped";
}
