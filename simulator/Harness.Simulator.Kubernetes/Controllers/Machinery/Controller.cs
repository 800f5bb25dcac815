using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Errors;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Kubernetes.Controllers.Machinery;

/// <summary>
/// A level-triggered control loop: watches queue keys, one worker brings the object of each key to what it should be. A
/// failure is logged and tried again later; it never ends the loop. Subclasses declare their watches in their constructor.
/// </summary>
public abstract partial class Controller : IDisposable
{
    private readonly List<Func<CancellationToken, Task>> _watches = [];
    private readonly List<Task> _synced = [];
    private readonly ILogger _logger;

    protected Controller(IApiClient client, TimeProvider time, ILogger logger)
    {
        Client = client;
        Time = time;
        _logger = logger;
        Queue = new KeyQueue(time);
    }

    protected IApiClient Client { get; }

    protected TimeProvider Time { get; }

    protected KeyQueue Queue { get; }

    /// <summary>Watches and works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var watching = _watches.Select(watch => watch(cancellationToken)).ToList();
        try
        {
            await Task.WhenAll(_synced);
            while (true)
            {
                await WorkAsync(await Queue.TakeAsync(cancellationToken), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(watching);
        }
    }

    public void Dispose()
    {
        Queue.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Brings the object of the key to what it should be; called for one key at a time.</summary>
    protected abstract Task ReconcileAsync(ObjectName key, CancellationToken cancellationToken);

    /// <summary>Declares a watch; <paramref name="changed"/> queues the keys that a change concerns.</summary>
    protected ObjectWatch<T> Watch<T>(Func<T, ObjectMeta> metadata, Action<ApiWatchEventType, T> changed)
        where T : class, IMessage<T>, new()
    {
        var watch = new ObjectWatch<T>(Client, metadata, changed, Time, _logger);
        _watches.Add(watch.RunAsync);
        _synced.Add(watch.Synced);
        return watch;
    }

    /// <summary>Queues the object that controls this one, where that is of the kind.</summary>
    protected void AddController(ObjectMeta metadata, string kind)
    {
        if (Owners.ControllerOf(metadata) is { } owner && owner.Kind == kind)
        {
            Queue.Add(new ObjectName(metadata.Namespace, owner.Name));
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The edge of the loop: whatever went wrong is logged and tried again.")]
    private async Task WorkAsync(ObjectName key, CancellationToken cancellationToken)
    {
        try
        {
            await ReconcileAsync(key, cancellationToken);
            Queue.Forget(key);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (ApiStatusException exception)
        {
            Log.Refused(_logger, GetType().Name, key, exception.Message);
            Queue.AddAfterFailure(key);
        }
        catch (Exception exception)
        {
            Log.Failed(_logger, exception, GetType().Name, key);
            Queue.AddAfterFailure(key);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "{Controller} will try {Key} again: {Reason}")]
        public static partial void Refused(ILogger logger, string controller, ObjectName key, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Controller} failed on {Key} and will try again")]
        public static partial void Failed(ILogger logger, Exception exception, string controller, ObjectName key);
    }
}
