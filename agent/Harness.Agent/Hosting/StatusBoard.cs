using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Agent.Hosting;

/// <summary>
/// The current pod status and those who watch it. Published by the application's loop; read and watched from anywhere. A published
/// message is never changed again.
/// </summary>
internal sealed class StatusBoard
{
    private readonly Lock _lock = new();
    private readonly HashSet<StatusSubscription> _subscriptions = [];
    private PodStatus _current = new() { Phase = "Pending" };

    public PodStatus Current
    {
        get
        {
            lock (_lock)
            {
                return _current;
            }
        }
    }

    public int Watchers
    {
        get
        {
            lock (_lock)
            {
                return _subscriptions.Count;
            }
        }
    }

    /// <summary>A status equal to the current one is not published again.</summary>
    public void Publish(PodStatus status)
    {
        lock (_lock)
        {
            if (status.Equals(_current))
            {
                return;
            }

            _current = status;
            foreach (var subscription in _subscriptions)
            {
                subscription.Offer(status);
            }
        }
    }

    /// <summary>Watches from now on, the current status first. Dispose to end.</summary>
    public StatusSubscription Subscribe()
    {
        lock (_lock)
        {
            var subscription = new StatusSubscription(Remove);
            subscription.Offer(_current);
            _subscriptions.Add(subscription);
            return subscription;
        }
    }

    private void Remove(StatusSubscription subscription)
    {
        lock (_lock)
        {
            _subscriptions.Remove(subscription);
        }
    }
}
