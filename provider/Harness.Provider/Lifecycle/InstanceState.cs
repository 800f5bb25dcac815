namespace Harness.Provider.Lifecycle;

/// <summary>The state of an EC2 instance, as EC2's state machine has it.</summary>
internal enum InstanceState
{
    /// <summary>Not told yet (adopted by its id alone).</summary>
    Unknown,
    Pending,
    Running,
    Stopping,
    Stopped,
    ShuttingDown,
    Terminated,
}
