using System.Threading.Channels;

namespace Harness.Simulator.Ec2.Engine;

/// <summary>
/// Tells watchers of instance changes, in order. The engine calls it under its own lock, so that a watcher's beginning and the changes
/// after it fit together. A watcher that falls too far behind is ended with an exception rather than left with a gap.
/// </summary>
internal sealed class InstanceFeed
{
    private const int Capacity = 100_000;

    private readonly List<Channel<InstanceChange>> _watchers = [];

    public Channel<InstanceChange> AddLocked(IEnumerable<InstanceView> existing)
    {
        var channel = Channel.CreateBounded<InstanceChange>(new BoundedChannelOptions(Capacity) { SingleReader = true });
        _watchers.Add(channel);
        foreach (var instance in existing)
        {
            WriteLocked(channel, new InstanceChange(InstanceChangeKind.Existing, instance, null));
        }

        return channel;
    }

    public void PublishLocked(InstanceChange change)
    {
        foreach (var channel in _watchers.ToArray())
        {
            WriteLocked(channel, change);
        }
    }

    public void RemoveLocked(Channel<InstanceChange> channel) => _watchers.Remove(channel);

    /// <summary>Ends every watcher.</summary>
    public void CompleteLocked()
    {
        foreach (var channel in _watchers)
        {
            channel.Writer.TryComplete();
        }

        _watchers.Clear();
    }

    private void WriteLocked(Channel<InstanceChange> channel, InstanceChange change)
    {
        if (!channel.Writer.TryWrite(change))
        {
            channel.Writer.TryComplete(new InvalidOperationException(
                $"A watcher of instances fell {Capacity} changes behind and was ended; watch again to start from a new snapshot."));
            _watchers.Remove(channel);
        }
    }
}
