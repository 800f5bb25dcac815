using Harness.Agent.Contract.V1;

namespace Harness.Agent.Notices;

/// <summary>The notices that stand, for those who watch them. Published by the poller; looked at from anywhere. A published message is never changed again.</summary>
internal sealed class NoticeBoard
{
    private readonly Lock _lock = new();
    private WatchNoticesResponse? _current;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>What stands now (null before the first look at the metadata service), and a task that completes once something else does.</summary>
    public (WatchNoticesResponse? Current, Task Changed) Look()
    {
        lock (_lock)
        {
            return (_current, _changed.Task);
        }
    }

    /// <summary>The same again changes nothing.</summary>
    public void Publish(WatchNoticesResponse response)
    {
        lock (_lock)
        {
            if (!response.Equals(_current))
            {
                _current = response;
                _changed.SetResult();
                _changed = NewSignal();
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
