using System.Threading.Channels;
using Harness.Simulator.Ec2.Calls;
using Harness.Simulator.Ec2.Model;
using Harness.Simulator.Ec2.Query;

namespace Harness.Simulator.Ec2.Engine;

/// <summary>
/// Owns the state: gives calls, reports and the clock to the model one after the other, keeps what follows, performs the effects and tells
/// the watchers. Calls that only read run beside each other on the state as it is. Thread-safe; nothing under its lock waits.
/// </summary>
internal sealed class Ec2Engine : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Ec2Model _model;
    private readonly TimeProvider _timeProvider;
    private readonly CallLog _calls;
    private readonly InstanceFeed _feed = new();
    private readonly HostDriver? _hosts;
    private readonly ITimer _timer;
    private Ec2State _state;
    private bool _isDisposed;

    public Ec2Engine(Ec2SimulatorOptions options, TimeProvider timeProvider, CallLog calls, Func<Action<HostReport>, HostDriver>? hosts)
    {
        _model = new Ec2Model(options);
        _timeProvider = timeProvider;
        _calls = calls;
        _state = options.InitialState is { } saved
            ? StateDocument.Read(saved, options.World)
            : Ec2State.Create(options.World, options.Seed);
        _hosts = hosts?.Invoke(Report);
        _timer = timeProvider.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes up what the initial state was doing. Once, before the first call.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            KeepLocked(Ec2Model.Resume(_state));
        }
    }

    public Ec2State State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>Answers a call and writes it down.</summary>
    public Ec2Reply Execute(Ec2Request request, string? accessKeyId)
    {
        if (Ec2Model.IsReadOnly(request.Action))
        {
            var now = _timeProvider.GetUtcNow();
            var reply = _model.Apply(State, request, now).Reply;
            Record(request, reply, accessKeyId, now);
            return reply;
        }

        lock (_lock)
        {
            var now = _timeProvider.GetUtcNow();
            KeepLocked(_model.Tick(_state, now));
            var (step, reply) = _model.Apply(_state, request, now);
            Record(request, reply, accessKeyId, now);
            KeepLocked(step);
            return reply;
        }
    }

    /// <summary>
    /// Writes down a call that was answered elsewhere: another service's, or one that was refused before it was understood.
    /// </summary>
    public void Record(string action, QueryParameters parameters, Ec2Reply reply, string? accessKeyId) =>
        Record(new Ec2Request(action, parameters, ""), reply, accessKeyId, _timeProvider.GetUtcNow());

    /// <summary>Takes in what a machine did. False when there is no such instance.</summary>
    public bool Report(string instanceId, HostReportKind kind)
    {
        lock (_lock)
        {
            if (!_state.Instances.TryGetValue(instanceId, out var instance))
            {
                return false;
            }

            KeepLocked(_model.Apply(_state, new HostReport(kind, instanceId, instance.Boot), _timeProvider.GetUtcNow()));
            return true;
        }
    }

    public IReadOnlyList<InstanceView> Snapshot()
    {
        var state = State;
        return [.. state.Instances.Values.Select(instance => InstanceViews.Of(state, instance))];
    }

    public InstanceView? Find(string instanceId)
    {
        var state = State;
        return state.Instances.TryGetValue(instanceId, out var instance) ? InstanceViews.Of(state, instance) : null;
    }

    public Channel<InstanceChange> Watch()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _feed.AddLocked(_state.Instances.Values.Select(instance => InstanceViews.Of(_state, instance)));
        }
    }

    public void Unwatch(Channel<InstanceChange> channel)
    {
        lock (_lock)
        {
            _feed.RemoveLocked(channel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _feed.CompleteLocked();
        }

        await _timer.DisposeAsync();
        if (_hosts is not null)
        {
            await _hosts.DisposeAsync();
        }
    }

    private void Report(HostReport report)
    {
        lock (_lock)
        {
            KeepLocked(_model.Apply(_state, report, _timeProvider.GetUtcNow()));
        }
    }

    private void Tick()
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                KeepLocked(_model.Tick(_state, _timeProvider.GetUtcNow()));
            }
        }
    }

    private void KeepLocked(Ec2Step step)
    {
        var before = _state;
        _state = step.State;
        PublishLocked(before, step);
        foreach (var effect in step.Effects)
        {
            if (PerformLocked(effect) is { } report)
            {
                KeepLocked(_model.Apply(_state, report, _timeProvider.GetUtcNow()));
            }
        }

        var wait = _state.NextDue - _timeProvider.GetUtcNow();
        _timer.Change(
            wait is null ? Timeout.InfiniteTimeSpan : wait > TimeSpan.Zero ? wait.Value : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Without a host layer every machine does at once what it is asked.</summary>
    private HostReport? PerformLocked(Effect effect)
    {
        if (_hosts is not null)
        {
            _hosts.Perform(effect, InstanceViews.Of(_state, _state.Instances[effect.InstanceId]));
            return null;
        }

        return effect switch
        {
            Effect.StartHost => new HostReport(HostReportKind.Started, effect.InstanceId, effect.Boot),
            Effect.StopHost => new HostReport(HostReportKind.Stopped, effect.InstanceId, effect.Boot),
            Effect.RebootHost => null,
            _ => throw new InvalidOperationException($"No effect {effect.GetType().Name} is known."),
        };
    }

    private void PublishLocked(Ec2State before, Ec2Step step)
    {
        foreach (var instanceId in step.ChangedInstanceIds)
        {
            var old = before.Instances.GetValueOrDefault(instanceId);
            if (step.State.Instances.TryGetValue(instanceId, out var instance))
            {
                var kind = old is null ? InstanceChangeKind.Launched : InstanceChangeKind.Changed;
                _feed.PublishLocked(new InstanceChange(kind, InstanceViews.Of(step.State, instance), old?.State));
            }
            else if (old is not null)
            {
                _feed.PublishLocked(new InstanceChange(InstanceChangeKind.Forgotten, InstanceViews.Of(before, old), old.State));
            }
        }
    }

    private void Record(Ec2Request request, Ec2Reply reply, string? accessKeyId, DateTimeOffset now) => _calls.Add(new CallRecord(
        0, now, request.Action, request.Parameters.Digest(), reply.Code, (int)reply.Status, reply.InstanceIds,
        request.Parameters.Text("ClientToken"), accessKeyId));
}
