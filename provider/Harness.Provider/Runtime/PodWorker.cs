using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Provider.Launching;
using Harness.Provider.Lifecycle;
using Microsoft.Extensions.Logging;

namespace Harness.Provider.Runtime;

/// <summary>
/// One pod (one UID) at work: feeds its events through the core one after the other, starts the effects, and feeds their results
/// back. <see cref="RunAsync"/> is the only writer of the record; <see cref="Observe"/>, <see cref="Vanish"/> and
/// <see cref="PostAsync"/> may be called from anywhere and never hold the caller up for long.
/// </summary>
internal sealed partial class PodWorker(string uid, IPodEffects effects, PodPolicy policy, TimeProvider clock, ILogger logger)
{
    private const int MailboxCapacity = 64;

    private static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(30);

    private readonly Channel<PodEvent> _mailbox =
        Channel.CreateBounded<PodEvent>(new BoundedChannelOptions(MailboxCapacity) { SingleReader = true });

    private readonly ConcurrentDictionary<Task, byte> _running = new();
    private readonly Lock _lock = new();
    private volatile PodRecord _record = new() { Uid = uid };
    private volatile Pod? _pod;
    private Pod? _unread;
    private bool _vanished;
    private DateTimeOffset _lagsUntil;
    private Task<bool>? _readable;

    public string Uid { get; } = uid;

    /// <summary>What the core knows now. A value; safe to read from anywhere.</summary>
    public PodRecord Record => _record;

    /// <summary>The newest API object. Shared: not to be changed.</summary>
    public Pod Pod => _pod ?? throw new InvalidOperationException($"Pod {Uid} was not observed yet.");

    /// <summary>Takes the API object as the informer has it; only the newest is kept.</summary>
    public void Observe(Pod pod)
    {
        lock (_lock)
        {
            // The informer may lag behind our own writes, but not for ever: a restored API server counts versions anew.
            if (clock.GetUtcNow() < _lagsUntil && Version(pod) < Version(Pod))
            {
                return;
            }

            Take(pod);
        }
    }

    /// <summary>
    /// Takes the API object as a write of ours left it, unless the informer was faster than the answer and has a newer one: a deletion
    /// in it is told once only.
    /// </summary>
    public void ObserveWritten(Pod pod)
    {
        lock (_lock)
        {
            if (_pod is { } newest && Version(pod) < Version(newest))
            {
                return;
            }

            _lagsUntil = clock.GetUtcNow() + LongestLag;
            Take(pod);
        }
    }

    /// <summary>The API object is gone: its name may belong to another pod by now.</summary>
    public bool HasVanished { get; private set; }

    public void Vanish()
    {
        lock (_lock)
        {
            (_vanished, HasVanished) = (true, true);
        }

        _mailbox.Writer.TryWrite(new PodEvent.Tick());
    }

    public ValueTask PostAsync(PodEvent happened, CancellationToken cancellationToken) => _mailbox.Writer.WriteAsync(happened, cancellationToken);

    /// <summary>Works until the pod is gone or the provider stops; every effect that it started has ended by then.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (_record.Stage != PodStage.Gone)
            {
                if (TakeNext() is { } happened)
                {
                    Apply(happened, ending.Token);
                }
                else
                {
                    await WaitAsync(ending.Token);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        finally
        {
            await ending.CancelAsync();
            await DrainAsync();
            await effects.ForgetAsync(this);
        }
    }

    private void Take(Pod pod)
    {
        _pod = pod;
        _unread = pod;
        _mailbox.Writer.TryWrite(new PodEvent.Tick());
    }

    private PodEvent? TakeNext()
    {
        if (TakeObject() is { } change)
        {
            return change;
        }

        if (_record.NextWake <= clock.GetUtcNow())
        {
            return new PodEvent.Tick();
        }

        return _mailbox.Reader.TryRead(out var happened) ? happened : null;
    }

    private PodEvent? TakeObject()
    {
        Pod? unread;
        bool vanished;
        lock (_lock)
        {
            (unread, vanished) = (_unread, _vanished);
            (_unread, _vanished) = (null, vanished && unread is not null);
        }

        return unread is not null ? new PodEvent.Seen(PodReader.Read(unread)) : vanished ? new PodEvent.Vanished() : null;
    }

    private void Apply(PodEvent happened, CancellationToken cancellationToken)
    {
        var before = _record;
        var step = PodCore.Step(before, happened, clock.GetUtcNow(), policy);
        _record = step.Pod;
        if (before.Stage != step.Pod.Stage)
        {
            Log.Moved(logger, Namespace, Name, before.Stage, step.Pod.Stage, step.Pod.Instance?.Id ?? "-");
        }

        foreach (var effect in step.Effects)
        {
            Track(PerformAsync(effect, cancellationToken));
        }
    }

    private string Namespace => _record.Demand?.Namespace ?? "";

    private string Name => _record.Demand?.Name ?? Uid;

    private async Task PerformAsync(PodEffect effect, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            if (await effects.PerformAsync(this, effect, cancellationToken) is { } result)
            {
                await PostAsync(result, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // The edge of a loop: a result has to come back, or the pod would stand still.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.Failed(logger, exception, Namespace, Name, effect.GetType().Name);
            if (EffectFailure.Of(effect, exception.Message) is { } failure)
            {
                await PostAsync(failure, cancellationToken);
            }
        }
    }

    private void Track(Task task)
    {
        _running[task] = 0;
        task.ContinueWith(done => _running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (task.IsCompleted)
        {
            _running.TryRemove(task, out _);
        }
    }

    /// <summary>Results that nobody reads any more must not hold their effects up.</summary>
    private async Task DrainAsync()
    {
        var all = Task.WhenAll(_running.Keys);
        while (!all.IsCompleted)
        {
            while (_mailbox.Reader.TryRead(out _))
            {
            }

            await Task.WhenAny(all, _mailbox.Reader.WaitToReadAsync(CancellationToken.None).AsTask());
        }

        await all.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (_readable is null || _readable.IsCompleted)
        {
            _readable = _mailbox.Reader.WaitToReadAsync(cancellationToken).AsTask();
        }

        if (_record.NextWake is not { } wake)
        {
            await _readable;
            return;
        }

        var delay = wake - clock.GetUtcNow();
        if (delay <= TimeSpan.Zero)
        {
            return;
        }

        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(_readable, Task.Delay(delay, clock, timer.Token));
        await timer.CancelAsync();
        if (first == _readable)
        {
            await first;
        }
    }

    /// <summary>Servers number the versions of one resource in order; where one does not, nothing counts as older.</summary>
    private static ulong Version(Pod pod) =>
        ulong.TryParse(pod.Metadata.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : ulong.MaxValue;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Pod {Namespace}/{Pod}: {Before} to {After}, instance {InstanceId}")]
        public static partial void Moved(ILogger logger, string @namespace, string pod, PodStage before, PodStage after, string instanceId);

        [LoggerMessage(Level = LogLevel.Error, Message = "Pod {Namespace}/{Pod}: effect {Effect} failed unexpectedly; it is tried again")]
        public static partial void Failed(ILogger logger, Exception exception, string @namespace, string pod, string effect);
    }
}
