namespace Harness.Agent.Hosting;

/// <summary>Notices when the wall clock is set, by comparing it with the monotonic one. Used by the application's loop.</summary>
internal sealed class WallClock(TimeProvider timeProvider)
{
    /// <summary>Slewing by NTP stays far below this between two looks; less does no harm.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    private DateTimeOffset _wall = timeProvider.GetUtcNow();
    private long _steady = timeProvider.GetTimestamp();

    /// <summary>How far the clock was set since the last call; zero as a rule.</summary>
    public TimeSpan TakeJump()
    {
        var wall = timeProvider.GetUtcNow();
        var steady = timeProvider.GetTimestamp();
        var jump = wall - _wall - timeProvider.GetElapsedTime(_steady, steady);
        (_wall, _steady) = (wall, steady);
        return jump.Duration() > Tolerance ? jump : TimeSpan.Zero;
    }
}
