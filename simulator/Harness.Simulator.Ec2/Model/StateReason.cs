namespace Harness.Simulator.Ec2.Model;

/// <summary>Why an instance's state changed last, in EC2's words.</summary>
internal sealed record StateReason(string Code, string Message)
{
    public static readonly StateReason UserShutdown =
        new("Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: User initiated shutdown");

    public static readonly StateReason GuestShutdown =
        new("Client.InstanceInitiatedShutdown", "Client.InstanceInitiatedShutdown: Instance initiated shutdown");

    public static readonly StateReason LaunchFailed =
        new("Server.InternalError", "Server.InternalError: Internal error on launch");

    public static readonly StateReason HostLost =
        new("Server.InternalError", "Server.InternalError: An internal error caused the instance to terminate");

    /// <summary>The older free-text form that instances carry as their transition reason.</summary>
    public string TransitionReason(DateTimeOffset now) => Code switch
    {
        "Client.UserInitiatedShutdown" => $"User initiated ({now.UtcDateTime:yyyy-MM-dd HH:mm:ss} GMT)",
        "Client.InstanceInitiatedShutdown" => $"Instance initiated ({now.UtcDateTime:yyyy-MM-dd HH:mm:ss} GMT)",
        _ => Code,
    };
}
