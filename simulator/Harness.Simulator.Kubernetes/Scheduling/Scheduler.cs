using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Threading.Channels;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Controllers.Machinery;
using Harness.Simulator.Kubernetes.Errors;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Kubernetes.Scheduling;

/// <summary>
/// Binds pods to nodes. Whatever changes starts a round: every pod that waits is placed, by priority and then age, on what the nodes
/// have left. A pod that fits nowhere is told so, once for each reason, and waits for the next round. One loop.
/// </summary>
public sealed partial class Scheduler : IDisposable
{
    private const string Name = "default-scheduler";
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    private readonly IApiClient _client;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly EventWriter _events;
    private readonly ObjectWatch<Node> _nodes;
    private readonly ObjectWatch<Pod> _pods;
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<string, string> _boundByUid = new();
    private readonly Dictionary<string, string> _toldByUid = [];
    private readonly ITimer _clock;

    public Scheduler(IApiClient client, TimeProvider time, ILogger<Scheduler> logger)
    {
        _client = client;
        _time = time;
        _logger = logger;
        _events = new EventWriter(client, Name, time);
        _nodes = new ObjectWatch<Node>(client, node => node.Metadata, (_, _) => Signal(), time, logger);
        _pods = new ObjectWatch<Pod>(client, pod => pod.Metadata, Take, time, logger);
        _clock = time.CreateTimer(_ => Signal(), null, LookAgain, LookAgain);
    }

    /// <summary>Watches and binds until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var watching = Task.WhenAll(_nodes.RunAsync(cancellationToken), _pods.RunAsync(cancellationToken));
        try
        {
            await Task.WhenAll(_nodes.Synced, _pods.Synced);
            while (await _changed.Reader.WaitToReadAsync(cancellationToken))
            {
                _changed.Reader.TryRead(out _);
                await ScheduleAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await watching;
        }
    }

    public void Dispose() => _clock.Dispose();

    private void Signal() => _changed.Writer.TryWrite(true);

    private void Take(ApiWatchEventType type, Pod pod)
    {
        if (type == ApiWatchEventType.Deleted || pod.Spec.NodeName.Length > 0)
        {
            _boundByUid.TryRemove(pod.Metadata.Uid, out _);
        }

        Signal();
    }

    private async Task ScheduleAsync(CancellationToken cancellationToken)
    {
        var pods = _pods.Objects.ToList();
        var waiting = pods.Where(Waits)
            .OrderByDescending(pod => pod.Spec.Priority)
            .ThenBy(pod => pod.Metadata.CreationTimestamp?.Seconds ?? 0)
            .ThenBy(pod => pod.Metadata.Name, StringComparer.Ordinal)
            .ToList();
        if (waiting.Count == 0)
        {
            return;
        }

        var slots = Slots(pods);
        foreach (var pod in waiting)
        {
            await PlaceAsync(pod, Placement.Find(pod, slots), cancellationToken);
        }

        foreach (var gone in _toldByUid.Keys.Except(waiting.Select(pod => pod.Metadata.Uid)).ToList())
        {
            _toldByUid.Remove(gone);
        }
    }

    private bool Waits(Pod pod) =>
        pod.Spec.NodeName.Length == 0
        && pod.Metadata.DeletionTimestamp is null
        && pod.Spec.SchedulerName == Name
        && pod.Spec.SchedulingGates.Count == 0
        && !PodState.IsFinished(pod)
        && !_boundByUid.ContainsKey(pod.Metadata.Uid);

    /// <summary>The nodes with what is spoken for on each, bindings that the watch has not shown yet included.</summary>
    private List<NodeSlot> Slots(List<Pod> pods)
    {
        var slots = _nodes.Objects.Where(node => node.Metadata.DeletionTimestamp is null).Select(node => new NodeSlot(node)).ToList();
        var byName = slots.ToDictionary(slot => slot.Node.Metadata.Name);
        foreach (var pod in pods.Where(pod => !PodState.IsFinished(pod)))
        {
            var name = pod.Spec.NodeName.Length > 0 ? pod.Spec.NodeName : _boundByUid.GetValueOrDefault(pod.Metadata.Uid, "");
            if (byName.TryGetValue(name, out var slot))
            {
                slot.Take(ResourceDemand.Of(pod.Spec));
            }
        }

        return slots;
    }

    [SuppressMessage("Design", "CA1031", Justification = "The edge of the loop: one pod's trouble is logged and tried again in the next round.")]
    private async Task PlaceAsync(Pod pod, Placement placement, CancellationToken cancellationToken)
    {
        try
        {
            if (placement.Node is { } node)
            {
                await BindAsync(pod, node, cancellationToken);
            }
            else
            {
                await RefuseAsync(pod, placement.Message, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (ApiStatusException exception)
        {
            Log.NotBound(_logger, pod.Metadata.Namespace, pod.Metadata.Name, exception.Message);
        }
        catch (Exception exception)
        {
            Log.Failed(_logger, exception, pod.Metadata.Namespace, pod.Metadata.Name);
        }
    }

    private async Task BindAsync(Pod pod, string node, CancellationToken cancellationToken)
    {
        var binding = new Binding
        {
            Metadata = new ObjectMeta { Name = pod.Metadata.Name, Namespace = pod.Metadata.Namespace, Uid = pod.Metadata.Uid },
            Target = new ObjectReference { ApiVersion = "v1", Kind = "Node", Name = node },
        };
        _boundByUid[pod.Metadata.Uid] = node;
        try
        {
            await _client.BindAsync(binding, cancellationToken);
        }
        catch
        {
            _boundByUid.TryRemove(pod.Metadata.Uid, out _);
            throw;
        }

        var message = $"Successfully assigned {pod.Metadata.Namespace}/{pod.Metadata.Name} to {node}";
        await _events.WriteAsync(EventWriter.About("v1", "Pod", pod.Metadata), false, "Scheduled", message, cancellationToken);
    }

    private async Task RefuseAsync(Pod pod, string message, CancellationToken cancellationToken)
    {
        if (_toldByUid.TryGetValue(pod.Metadata.Uid, out var told) && told == message)
        {
            return;
        }

        var condition = new
        {
            type = "PodScheduled",
            status = "False",
            reason = "Unschedulable",
            message,
            lastProbeTime = (string?)null,
            lastTransitionTime = _time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
        };
        var patch = JsonSerializer.SerializeToUtf8Bytes(new { metadata = new { uid = pod.Metadata.Uid }, status = new { conditions = new[] { condition } } });
        await _client.PatchAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, ApiPatchType.StrategicMerge, patch, "status", cancellationToken);
        _toldByUid[pod.Metadata.Uid] = message;
        await _events.WriteAsync(EventWriter.About("v1", "Pod", pod.Metadata), true, "FailedScheduling", message, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Pod {Namespace}/{Pod} was not placed and waits for the next round: {Reason}")]
        public static partial void NotBound(ILogger logger, string @namespace, string pod, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "Placing pod {Namespace}/{Pod} failed; it waits for the next round")]
        public static partial void Failed(ILogger logger, Exception exception, string @namespace, string pod);
    }
}
