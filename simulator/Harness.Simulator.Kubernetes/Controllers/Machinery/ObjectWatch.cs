using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Errors;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Kubernetes.Controllers.Machinery;

/// <summary>
/// All objects of one kind, kept current by list and watch. <paramref name="changed"/> hears of each object that is there,
/// changes or goes, on the watching task: it only queues keys. The objects are shared and must not be changed.
/// </summary>
public sealed partial class ObjectWatch<T>(
    IApiClient client, Func<T, ObjectMeta> metadata, Action<ApiWatchEventType, T> changed, TimeProvider time, ILogger logger)
    where T : class, IMessage<T>, new()
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<ObjectName, T> _objects = new();
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once the first list is in.</summary>
    public Task Synced => _synced.Task;

    /// <summary>The objects as the watch saw them last.</summary>
    public ICollection<T> Objects => _objects.Values;

    public T? Find(string inNamespace, string name) => _objects.GetValueOrDefault(new ObjectName(inNamespace, name));

    /// <summary>Lists and watches until cancelled.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The edge of the loop: whatever went wrong is logged, and the watch begins anew.")]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var list = await client.ListAsync<T>(ApiSelection.All, cancellationToken);
                Replace(list.Items);
                _synced.TrySetResult();
                await foreach (var change in client.WatchAsync<T>(ApiSelection.All, list.Revision, cancellationToken))
                {
                    Take(change.Type, change.Object);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (ApiStatusException exception)
            {
                Log.ListingAgain(logger, typeof(T).Name, exception.Message);
            }
            catch (Exception exception)
            {
                Log.Failed(logger, exception, typeof(T).Name);
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _synced.TrySetCanceled(cancellationToken);
    }

    private void Replace(IReadOnlyList<T> items)
    {
        var there = items.Select(item => ObjectName.Of(metadata(item))).ToHashSet();
        foreach (var gone in _objects.Where(entry => !there.Contains(entry.Key)).Select(entry => entry.Value).ToList())
        {
            Take(ApiWatchEventType.Deleted, gone);
        }

        foreach (var item in items)
        {
            Take(ApiWatchEventType.Added, item);
        }
    }

    private void Take(ApiWatchEventType type, T item)
    {
        var key = ObjectName.Of(metadata(item));
        if (type == ApiWatchEventType.Deleted)
        {
            _objects.TryRemove(key, out _);
        }
        else
        {
            _objects[key] = item;
        }

        changed(type, item);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Watch of {Kind} ended and begins with a new list: {Reason}")]
        public static partial void ListingAgain(ILogger logger, string kind, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "Watch of {Kind} failed and begins with a new list")]
        public static partial void Failed(ILogger logger, Exception exception, string kind);
    }
}
