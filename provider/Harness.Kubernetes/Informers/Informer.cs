using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Harness.Kubernetes.Resources;
using Microsoft.Extensions.Logging;

namespace Harness.Kubernetes.Informers;

/// <summary>
/// Keeps a copy of a resource's objects: lists them page by page, watches from there, resumes after a break, lists anew when its version
/// is too old, and never gives up. Handlers run on its loop, in order, and must only enqueue keys. Reading is safe from any thread;
/// <see cref="RunAsync"/> is called once.
/// </summary>
public sealed partial class Informer<T>
    where T : class, IMessage<T>, new()
{
    private readonly IKubernetes _kubernetes;
    private readonly KubernetesResource<T> _resource;
    private readonly InformerOptions _options;
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly ILogger _logger;
    private readonly InformerCache<T> _cache;
    private readonly List<Action<ObjectChange<T>>> _handlers = [];
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ReflectorState _state = ReflectorState.Start;
    private long _relists;
    private long _failures;

    public Informer(
        IKubernetes kubernetes, KubernetesResource<T> resource, InformerOptions options, TimeProvider clock, Random random, ILogger logger)
    {
        _kubernetes = kubernetes;
        _resource = resource;
        _options = options;
        _clock = clock;
        _random = random;
        _logger = logger;
        _cache = new InformerCache<T>(resource);
    }

    /// <summary>Whether the first list is complete.</summary>
    public bool HasSynced => _synced.Task.IsCompletedSuccessfully;

    public int Count => _cache.Count;

    /// <summary>Complete lists so far.</summary>
    public long Lists => Interlocked.Read(ref _relists);

    /// <summary>Failed lists and watches so far.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>To be called before <see cref="RunAsync"/>.</summary>
    public void AddHandler(Action<ObjectChange<T>> handler) => _handlers.Add(handler);

    public bool TryGet(string ns, string name, [NotNullWhen(true)] out T? item) => _cache.TryGet(ns, name, out item);

    /// <summary>The object, if the name still belongs to it.</summary>
    public bool TryGet(ObjectKey key, [NotNullWhen(true)] out T? item) =>
        _cache.TryGet(key.Namespace, key.Name, out item) && _resource.MetadataOf(item).Uid == key.Uid;

    public IReadOnlyList<T> List() => _cache.List();

    public Task WaitForSyncAsync(CancellationToken cancellationToken) => _synced.Task.WaitAsync(cancellationToken);

    /// <summary>Lists and watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _state = _state.NeedsList ? await ListAsync(cancellationToken) : await WatchAsync(cancellationToken);
                if (_state.Failures > 0)
                {
                    await Task.Delay(_options.Backoff.Delay(_state.Failures, _random), _clock, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private async Task<ReflectorState> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            var resourceVersion = await ListPagesAsync(cancellationToken);
            Interlocked.Increment(ref _relists);
            _synced.TrySetResult();
            Log.Listed(_logger, _resource.ToString(), _cache.Count, resourceVersion);
            return _state.Listed(resourceVersion);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return _state.ListEnded(Told("list", exception));
        }
    }

    // Pages are taken as they come, so that memory holds one page more than the objects.
    private async Task<string> ListPagesAsync(CancellationToken cancellationToken)
    {
        var listed = new HashSet<(string Namespace, string Name)>();
        var query = new ListQuery
        {
            LabelSelector = _options.LabelSelector,
            FieldSelector = _options.FieldSelector,
            Limit = _state.ListInOne ? null : _options.PageSize,
        };
        while (true)
        {
            var page = await _kubernetes.ListAsync(_resource, _options.Namespace, query, cancellationToken);
            foreach (var item in page.Items)
            {
                var key = _cache.KeyOf(item);
                listed.Add((key.Namespace, key.Name));
                Tell(_cache.Put(Trim(item)));
            }

            if (page.Continue is null)
            {
                Tell(_cache.RemoveUnlessIn(listed));
                return page.ResourceVersion;
            }

            query = query with { Continue = page.Continue };
        }
    }

    private async Task<ReflectorState> WatchAsync(CancellationToken cancellationToken)
    {
        var started = _clock.GetTimestamp();
        var sawEvents = false;
        var query = new WatchQuery
        {
            LabelSelector = _options.LabelSelector,
            FieldSelector = _options.FieldSelector,
            ResourceVersion = _state.ResourceVersion,
            Timeout = _options.WatchTimeout * (1 + _random.NextDouble()),
            IdleTimeout = _options.IdleTimeout,
        };
        try
        {
            await foreach (var watchEvent in _kubernetes.WatchAsync(_resource, _options.Namespace, query, cancellationToken))
            {
                sawEvents = true;
                Take(watchEvent);
            }

            return _state.WatchEnded(ReflectorOutcome.Completed, _clock.GetElapsedTime(started), sawEvents);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return _state.WatchEnded(Told("watch", exception), _clock.GetElapsedTime(started), sawEvents);
        }
    }

    private void Take(WatchEvent<T> watchEvent)
    {
        switch (watchEvent.Type)
        {
            case WatchEventType.Added or WatchEventType.Modified:
                Tell(_cache.Put(Trim(watchEvent.Object)));
                break;
            case WatchEventType.Deleted:
                Tell(_cache.Remove(Trim(watchEvent.Object)));
                break;
            case WatchEventType.Bookmark:
                break;
            default:
                throw new InvalidOperationException($"Unknown watch event {watchEvent.Type}.");
        }

        _state = _state.Advanced(_resource.MetadataOf(watchEvent.Object).ResourceVersion);
    }

    private T Trim(T item)
    {
        if (_options.DropManagedFields)
        {
            _resource.MetadataOf(item).ManagedFields.Clear();
        }

        return item;
    }

    private void Tell(IReadOnlyList<ObjectChange<T>> changes)
    {
        foreach (var change in changes)
        {
            foreach (var handler in _handlers)
            {
                try
                {
                    handler(change);
                }
                catch (Exception exception)
                {
                    Log.HandlerFailed(_logger, exception, _resource.ToString(), change.Key.ToString());
                }
            }
        }
    }

    private ReflectorOutcome Told(string verb, Exception exception)
    {
        if (exception is KubernetesApiException { IsGone: true })
        {
            Log.Expired(_logger, verb, _resource.ToString(), _state.ResourceVersion ?? "");
            return ReflectorOutcome.Expired;
        }

        Interlocked.Increment(ref _failures);
        Log.Failed(_logger, exception, verb, _resource.ToString(), _state.Failures + 1);
        return ReflectorOutcome.Failed;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Listed {Resource}: {Count} objects at {ResourceVersion}")]
        public static partial void Listed(ILogger logger, string resource, int count, string resourceVersion);

        [LoggerMessage(2, LogLevel.Information, "The {Verb} of {Resource} from {ResourceVersion} is too old; listing anew")]
        public static partial void Expired(ILogger logger, string verb, string resource, string resourceVersion);

        [LoggerMessage(3, LogLevel.Warning, "The {Verb} of {Resource} failed {Failures} time(s) in a row")]
        public static partial void Failed(ILogger logger, Exception exception, string verb, string resource, int failures);

        [LoggerMessage(4, LogLevel.Error, "A handler of {Resource} failed on {Key}")]
        public static partial void HandlerFailed(ILogger logger, Exception exception, string resource, string key);
    }
}
