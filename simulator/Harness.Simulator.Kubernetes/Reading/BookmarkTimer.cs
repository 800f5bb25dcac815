namespace Harness.Simulator.Kubernetes.Reading;

/// <summary>
/// When a watch is due for a bookmark: once a period, and once shortly before its end. For one watch, one task at a time.
/// </summary>
internal sealed class BookmarkTimer(TimeProvider time, bool isWanted, TimeSpan beforeEnd, TimeSpan period)
{
    private readonly long _started = time.GetTimestamp();
    private TimeSpan _last;
    private bool _hasToldEnd;

    /// <summary>Waits for the next changes or for the time of a bookmark; true when the latter came first.</summary>
    public async Task<bool> IsFirstAsync(Task changes, CancellationToken cancellationToken)
    {
        if (changes.IsCompleted || !isWanted)
        {
            await changes.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return false;
        }

        TimeSpan elapsed = time.GetElapsedTime(_started);
        bool isEnd = !_hasToldEnd && beforeEnd <= _last + period;
        TimeSpan wait = (isEnd ? beforeEnd : _last + period) - elapsed;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task due = Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, stop.Token);
        bool isDue = await Task.WhenAny(changes, due) == due && due.IsCompletedSuccessfully;
        await stop.CancelAsync();
        if (isDue)
        {
            _last = time.GetElapsedTime(_started);
            _hasToldEnd |= isEnd;
        }
        else if (!changes.IsCompleted)
        {
            await changes.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        return isDue;
    }
}
