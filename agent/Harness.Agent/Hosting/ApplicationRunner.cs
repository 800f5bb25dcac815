using System.Threading.Channels;
using Harness.Agent.Applications;
using Harness.Agent.Hosting.State;
using Harness.Agent.Workloads;
using Harness.Kubernetes.Objects.Core.V1;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Hosting;

/// <summary>
/// The shell around the core: one loop that takes events in order, asks the core, performs the effects, and publishes the status.
/// Owns the state; every other member may be called from any thread.
/// </summary>
internal sealed partial class ApplicationRunner(
    IWorkloadRuntime runtime,
    HandlerRunner handlers,
    Recovery recovery,
    ApplicationFiles files,
    StatusBoard board,
    TimeProvider timeProvider,
    ILogger<ApplicationRunner> logger)
{
    private const int QueuedEvents = 256;
    private readonly Channel<Input> _inputs = Channel.CreateBounded<Input>(QueuedEvents);
    private readonly Queue<ApplicationEvent> _followUps = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WallClock _clock = new(timeProvider);
    private volatile ApplicationState _state = ApplicationState.Empty;
    private Task _loop = Task.CompletedTask;

    /// <summary>The latest state; immutable.</summary>
    public ApplicationState State => _state;

    /// <summary>Completes when the agent drains and no application that it ends is active any more.</summary>
    public Task Drained => _ended.Task;

    /// <summary>Takes over what an earlier run of the agent left, and begins to take events.</summary>
    public void Start()
    {
        if (recovery.Run((key, exit) => Report(new ApplicationEvent.WorkloadExited(key, exit))) is { } restored)
        {
            Handle(new Input(restored, null, null));
        }

        _loop = RunAsync();
    }

    /// <summary>Ends the loop once the events so far are handled. What runs then is left to the next agent.</summary>
    public async Task StopAsync()
    {
        _inputs.Writer.TryComplete();
        await _loop;
        await handlers.StopAsync();
        runtime.Detach();
    }

    public async Task<LaunchReply> LaunchAsync(Pod pod, ApplicationSpec spec, CancellationToken cancellationToken)
    {
        var reply = new TaskCompletionSource<LaunchReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        return await TryWriteAsync(new Input(new ApplicationEvent.LaunchRequested(spec), pod, reply), cancellationToken)
            ? await reply.Task.WaitAsync(cancellationToken)
            : new LaunchReply(LaunchAnswer.Draining, "The agent has stopped.");
    }

    /// <summary>Returns once the event is queued; an agent that has stopped already takes none.</summary>
    public async Task PostAsync(ApplicationEvent happened, CancellationToken cancellationToken) =>
        await TryWriteAsync(new Input(happened, null, null), cancellationToken);

    private async Task<bool> TryWriteAsync(Input input, CancellationToken cancellationToken)
    {
        while (await _inputs.Writer.WaitToWriteAsync(cancellationToken))
        {
            if (_inputs.Writer.TryWrite(input))
            {
                return true;
            }
        }

        return false;
    }

    private async Task RunAsync()
    {
        var reader = _inputs.Reader;
        var more = reader.WaitToReadAsync().AsTask();
        while (true)
        {
            var due = ApplicationTimers.NextDue(_state);
            if (due <= timeProvider.GetUtcNow())
            {
                Handle(new Input(ApplicationEvent.Tick.Instance, null, null));
            }
            else if (!more.IsCompleted && due is { } at)
            {
                await WaitAsync(more, at);
            }
            else if (!await more)
            {
                return;
            }

            while (reader.TryRead(out var input))
            {
                Handle(input);
            }

            more = more.IsCompleted ? reader.WaitToReadAsync().AsTask() : more;
        }
    }

    private async Task WaitAsync(Task more, DateTimeOffset due)
    {
        using var cancellation = new CancellationTokenSource();
        var wait = due - timeProvider.GetUtcNow();
        // Timers have an upper limit; an early tick does no harm.
        wait = wait > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        await Task.WhenAny(more, Task.Delay(wait, timeProvider, cancellation.Token));
        await cancellation.CancelAsync();
    }

    /// <summary>One event, and the events that performing its effects gives at once.</summary>
    private void Handle(Input input)
    {
        try
        {
            FollowClock();
            Advance(input);
            while (_followUps.TryDequeue(out var followUp))
            {
                Advance(new Input(followUp, null, null));
            }
        }
        catch (Exception exception)
        {
            // The loop's edge: one bad event must not end the agent's hold on its workloads.
            Log.EventFailed(logger, exception, input.Event.GetType().Name);
            input.Reply?.TrySetException(exception);
        }
    }

    private void FollowClock()
    {
        var jump = _clock.TakeJump();
        if (jump != TimeSpan.Zero)
        {
            Log.ClockSet(logger, jump);
            Advance(new Input(new ApplicationEvent.ClockSet(jump), null, null));
        }
    }

    private void Advance(Input input)
    {
        var step = ApplicationCore.Apply(_state, input.Event, timeProvider.GetUtcNow());
        if (step.Effects.OfType<ApplicationEffect.BeginApplication>().FirstOrDefault() is { } begin && !TryBegin(begin, step.State, input))
        {
            return;
        }

        var before = _state;
        _state = step.State;
        Save();
        Publish(before);
        foreach (var effect in step.Effects)
        {
            Perform(effect, input.Reply);
        }

        if (_state.Draining && (!_state.IsActive || _state.Ending is null))
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>A launch is written down before it takes effect. When that fails the step is dropped, and the caller may try again.</summary>
    private bool TryBegin(ApplicationEffect.BeginApplication begin, ApplicationState state, Input input)
    {
        try
        {
            runtime.Begin(begin.Spec);
            files.Begin(input.Pod!, state);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.BeginFailed(logger, exception, begin.Spec.Namespace, begin.Spec.Name);
            input.Reply?.TrySetResult(new LaunchReply(LaunchAnswer.Accepted, "", exception.Message));
            return false;
        }
    }

    private void Publish(ApplicationState before)
    {
        var status = StatusProjection.ToPodStatus(_state);
        if (before.Phase != _state.Phase && _state.Spec is { } spec)
        {
            Log.PhaseChanged(logger, spec.Namespace, spec.Name, before.Phase, _state.Phase, _state.Reason);
        }

        if (_state.IsTerminal && !before.IsTerminal)
        {
            Release();
        }

        board.Publish(status);
    }

    private void Release()
    {
        try
        {
            runtime.Release();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.ReleaseFailed(logger, exception);
        }
    }

    /// <summary>Before it takes effect: an agent that comes back must know of every run that it may find.</summary>
    private void Save()
    {
        try
        {
            files.Save(_state);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.SaveFailed(logger, exception);
        }
    }

    private void Perform(ApplicationEffect effect, TaskCompletionSource<LaunchReply>? reply)
    {
        switch (effect)
        {
            case ApplicationEffect.BeginApplication:
                break;
            case ApplicationEffect.AnswerLaunch answer:
                Log.LaunchAnswered(logger, answer.Answer, answer.Message);
                reply?.TrySetResult(new LaunchReply(answer.Answer, answer.Message));
                break;
            case ApplicationEffect.FetchImage fetch:
                handlers.FetchImage(fetch, Report);
                break;
            case ApplicationEffect.StartWorkload start:
                StartWorkload(start);
                break;
            case ApplicationEffect.SignalWorkload signal:
                runtime.Signal(signal.Key, signal.Kill);
                break;
            case ApplicationEffect.RunProbe probe:
                handlers.RunProbe(probe, Report);
                break;
            case ApplicationEffect.RunHook hook:
                handlers.RunHook(hook, Report);
                break;
            default:
                throw new InvalidOperationException($"The agent cannot perform {effect.GetType().Name}.");
        }
    }

    private void StartWorkload(ApplicationEffect.StartWorkload start)
    {
        var key = start.Key;
        var result = runtime.Start(key, start.Spec, exit => Report(new ApplicationEvent.WorkloadExited(key, exit)));
        if (!result.Started)
        {
            Log.StartFailed(logger, key, result.Message);
        }

        _followUps.Enqueue(result.Started
            ? new ApplicationEvent.WorkloadStarted(key)
            : new ApplicationEvent.WorkloadStartFailed(key, result.ExitCode, "ContainerCannotRun", result.Message));
    }

    /// <summary>Called on the threads of workloads and handlers; waits while the queue is full.</summary>
    private void Report(ApplicationEvent happened)
    {
        var input = new Input(happened, null, null);
        if (!_inputs.Writer.TryWrite(input))
        {
            // False once the agent has stopped: no one is left to tell.
            TryWriteAsync(input, CancellationToken.None).GetAwaiter().GetResult();
        }
    }

    private sealed record Input(ApplicationEvent Event, Pod? Pod, TaskCompletionSource<LaunchReply>? Reply);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Launch: {Answer}. {Detail}")]
        public static partial void LaunchAnswered(ILogger logger, LaunchAnswer answer, string detail);

        [LoggerMessage(Level = LogLevel.Information, Message = "Pod {Namespace}/{Pod} went from {Before} to {After} {Reason}")]
        public static partial void PhaseChanged(ILogger logger, string @namespace, string pod, PodPhase before, PodPhase after, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Workload {Workload} did not start: {Detail}")]
        public static partial void StartFailed(ILogger logger, WorkloadKey workload, string detail);

        [LoggerMessage(Level = LogLevel.Error, Message = "Pod {Namespace}/{Pod} was not launched: the state directory cannot be written")]
        public static partial void BeginFailed(ILogger logger, Exception exception, string @namespace, string pod);

        [LoggerMessage(Level = LogLevel.Error, Message = "Handling the event {Event} failed; the agent goes on with the state before it")]
        public static partial void EventFailed(ILogger logger, Exception exception, string @event);

        [LoggerMessage(Level = LogLevel.Error, Message = "The state was not saved; an agent that restarts now goes on with an older one")]
        public static partial void SaveFailed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Not all volumes of the ended pod were taken away; the next launch tries again")]
        public static partial void ReleaseFailed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The clock was set by {Jump}; what is due moves with it")]
        public static partial void ClockSet(ILogger logger, TimeSpan jump);
    }
}
