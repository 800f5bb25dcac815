using System.Globalization;
using System.Threading.Channels;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Resources;
using Microsoft.Extensions.Logging;

namespace Harness.Kubernetes.Events;

/// <summary>
/// Tells people about objects, as Events (core/v1). <see cref="Record"/> never waits and never throws: what cannot be kept is dropped and
/// counted. A repeat raises the count of the event that is there. <see cref="RunAsync"/> writes, and is called once.
/// </summary>
public sealed partial class EventRecorder
{
    private const int NameAttempts = 3;

    private readonly IKubernetes _kubernetes;
    private readonly EventSourceOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Channel<PendingEvent> _queue;
    private readonly EventMemory _memory;
    private long _dropped;
    private long _lastStamp;

    public EventRecorder(IKubernetes kubernetes, EventSourceOptions options, TimeProvider clock, ILogger logger)
    {
        _kubernetes = kubernetes;
        _options = options;
        _clock = clock;
        _logger = logger;
        _queue = Channel.CreateBounded<PendingEvent>(new BoundedChannelOptions(options.QueueLength) { SingleReader = true });
        _memory = new EventMemory(options.RememberedEvents, options.RepeatWindow);
    }

    /// <summary>Events that were lost: the queue was full, or the server refused them.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Normal(ObjectReference regarding, string reason, string message) => Record(regarding, "Normal", reason, message);

    public void Warning(ObjectReference regarding, string reason, string message) => Record(regarding, "Warning", reason, message);

    /// <param name="regarding">The object; with its UID, or kubectl describe will not show the event.</param>
    /// <param name="type"><c>Normal</c> or <c>Warning</c>.</param>
    /// <param name="reason">One word in UpperCamelCase, at most 128 characters.</param>
    /// <param name="message">For people, at most 1024 characters (cut otherwise).</param>
    public void Record(ObjectReference regarding, string type, string reason, string message)
    {
        ArgumentNullException.ThrowIfNull(regarding);
        ArgumentNullException.ThrowIfNull(message);
        const int MaxMessageLength = 1024;
        var shown = message.Length > MaxMessageLength ? message[..MaxMessageLength] : message;
        if (!_queue.Writer.TryWrite(new PendingEvent(regarding, type, reason, shown, _clock.GetUtcNow())))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Writes events until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var pending in _queue.Reader.ReadAllAsync(cancellationToken))
            {
                await WriteAsync(pending, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private async Task WriteAsync(PendingEvent pending, CancellationToken cancellationToken)
    {
        try
        {
            if (!await TryCountAsync(pending, cancellationToken))
            {
                await CreateAsync(pending, cancellationToken);
            }
        }
        catch (KubernetesApiException exception)
        {
            // Events are hints: not worth holding up the ones behind.
            Interlocked.Increment(ref _dropped);
            Log.Lost(_logger, exception, pending.Reason, pending.Regarding.Namespace, pending.Regarding.Name);
        }
    }

    private async Task<bool> TryCountAsync(PendingEvent pending, CancellationToken cancellationToken)
    {
        if (_memory.Find(pending.Identity, pending.At) is not { } known)
        {
            return false;
        }

        var count = known.Count + 1;
        var time = pending.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var patch = ObjectPatch.Merge($$"""{"count":{{count}},"lastTimestamp":"{{time}}"}""");
        try
        {
            await _kubernetes.PatchAsync(KubernetesResources.Events, known.Namespace, known.Name, patch, null, cancellationToken);
            _memory.Remember(pending.Identity, known with { Count = count, LastAt = pending.At });
            return true;
        }
        catch (KubernetesApiException exception) when (exception.IsNotFound)
        {
            // Events live for an hour.
            _memory.Forget(pending.Identity);
            return false;
        }
    }

    private async Task CreateAsync(PendingEvent pending, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var created = Make(pending);
            try
            {
                await _kubernetes.CreateAsync(KubernetesResources.Events, created, null, cancellationToken);
                _memory.Remember(pending.Identity, new WrittenEvent(created.Metadata.Namespace, created.Metadata.Name, 1, pending.At));
                return;
            }
            catch (KubernetesApiException exception) when (exception.IsAlreadyExists && attempt < NameAttempts)
            {
            }
        }
    }

    private Event Make(PendingEvent pending)
    {
        var time = Time.Of(pending.At);
        var ns = pending.Regarding.Namespace.Length == 0 ? "default" : pending.Regarding.Namespace;
        return new Event
        {
            Metadata = new ObjectMeta { Namespace = ns, Name = $"{pending.Regarding.Name}.{NextStamp(pending.At):x}" },
            InvolvedObject = pending.Regarding,
            Type = pending.Type,
            Reason = pending.Reason,
            Message = pending.Message,
            Source = new EventSource { Component = _options.Component, Host = _options.Host },
            ReportingComponent = _options.Component,
            ReportingInstance = _options.Host,
            FirstTimestamp = time,
            LastTimestamp = time,
            Count = 1,
        };
    }

    // Names are the object's and the time's, as kubelets make them; no two are the same here.
    private long NextStamp(DateTimeOffset at) => _lastStamp = Math.Max(_lastStamp + 1, (at - DateTimeOffset.UnixEpoch).Ticks * 100);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Event {Reason} on {Namespace}/{Name} was lost")]
        public static partial void Lost(ILogger logger, Exception exception, string reason, string @namespace, string name);
    }
}
