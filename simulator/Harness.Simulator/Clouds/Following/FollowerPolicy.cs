namespace Harness.Simulator.Clouds.Following;

/// <summary>How a follower decides. A value.</summary>
/// <param name="BootDelay">From the first sight of an instance that is on to its machine's boot.</param>
internal sealed record FollowerPolicy(TimeSpan BootDelay)
{
    /// <summary>EC2 is eventually consistent: a list may leave out an instance that is there. This many in a row may not.</summary>
    public const int MissesThatMeanGone = 3;

    /// <summary>From a boot that failed to the next try.</summary>
    public static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(5);
}
