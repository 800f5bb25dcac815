namespace Harness.Agent.Sessions;

/// <summary>Limits of sessions that their services share.</summary>
internal static class SessionLimits
{
    public const int Sessions = 32;

    /// <summary>How much of its stdin a caller may send ahead of what the command has read.</summary>
    public const int WindowBytes = 64 * 1024;

    /// <summary>The most that an attached caller may lag behind the container's output; what comes then is dropped for it.</summary>
    public const int LagBytes = 256 * 1024;
}
