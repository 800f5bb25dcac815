namespace Grpc.Wire;

/// <summary>
/// Runs an action once, when a deadline has passed by the given clock; never early, and however far away the deadline
/// is. Thread-safe; the action runs on a timer thread.
/// </summary>
internal sealed class DeadlineTimer : IDisposable
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(40);

    private readonly Lock _lock = new();
    private readonly TimeProvider _timeProvider;
    private readonly Action _action;
    private ITimer? _timer;
    private bool _isOver;

    public DeadlineTimer(TimeProvider timeProvider, DateTime deadline, Action action)
    {
        _timeProvider = timeProvider;
        _action = action;
        Deadline = deadline;
    }

    public DateTime Deadline { get; }

    public void Start()
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                _timer = _timeProvider.CreateTimer(_ => OnTimer(), null, NextDelay(), Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
            _timer?.Dispose();
        }
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            var delay = NextDelay();
            if (delay > TimeSpan.Zero)
            {
                _timer?.Change(delay, Timeout.InfiniteTimeSpan);
                return;
            }

            _isOver = true;
        }

        _action();
    }

    private TimeSpan NextDelay()
    {
        var remaining = Deadline - _timeProvider.GetUtcNow().UtcDateTime;
        if (remaining <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        var whole = TimeSpan.FromMilliseconds(Math.Ceiling(remaining.TotalMilliseconds));
        return whole < LongestDelay ? whole : LongestDelay;
    }
}
