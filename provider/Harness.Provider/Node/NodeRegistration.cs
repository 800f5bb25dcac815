using System.Text.Json.Nodes;
using Harness.Kubernetes;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Resources;
using Microsoft.Extensions.Logging;

namespace Harness.Provider.Node;

/// <summary>
/// Keeps the Node object: creates it where it is missing (also when somebody deletes it), brings labels and taint up to date, and
/// renews the status. One loop; <see cref="Owner"/> may be read from anywhere.
/// </summary>
internal sealed partial class NodeRegistration(
    IKubernetes kubernetes, NodeFacts facts, NodeVoice voice, TimeProvider clock, ILogger<NodeRegistration> logger)
{
    private volatile Kubernetes.Objects.Core.V1.Node? _node;
    private DateTimeOffset _statusDue;
    private bool _sweepStoppedTold;

    /// <summary>The node as the owner of its lease, once it is registered.</summary>
    public OwnerReference? Owner() => _node is { } node ? KubernetesResources.Nodes.OwnerReferenceTo(node) : null;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var pause = facts.Configuration.LeaseRenewal;
            try
            {
                await RenewAsync(cancellationToken);
            }
            catch (KubernetesApiException exception)
            {
                Log.Failed(logger, facts.Name, exception.Message);
                pause = TimeSpan.FromSeconds(1);
            }

            await Task.Delay(pause, clock, cancellationToken);
        }
    }

    /// <summary>Creates or renews the node once.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var current = await kubernetes.FindAsync(KubernetesResources.Nodes, null, facts.Name, cancellationToken);
        var told = facts with { SweepStopped = voice.SweepStopped };
        if (current is null)
        {
            _node = await kubernetes.CreateAsync(KubernetesResources.Nodes, NodeDocument.Make(told, now), null, cancellationToken);
            Log.Created(logger, facts.Name);

            // Not every API server keeps the status of a POST.
            await WriteStatusAsync(told, _node, now, cancellationToken);
        }
        else
        {
            var first = _node is null;
            _node = first ? await AdoptAsync(current, cancellationToken) : current;
            if (!first && now < _statusDue && _sweepStoppedTold == told.SweepStopped)
            {
                return;
            }

            await WriteStatusAsync(told, current, now, cancellationToken);
        }

        _sweepStoppedTold = told.SweepStopped;
        _statusDue = now + facts.Configuration.StatusPeriod - facts.Configuration.LeaseRenewal;
    }

    private async Task WriteStatusAsync(
        NodeFacts told, Kubernetes.Objects.Core.V1.Node current, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var status = KubernetesJson.ToDocument(NodeDocument.Status(told, current.Status, now), KubernetesJsonOptions.Patch);
        var patch = new JsonObject { ["status"] = status };
        await kubernetes.PatchStatusAsync(
            KubernetesResources.Nodes, null, facts.Name, ObjectPatch.Strategic(patch.ToJsonString()), cancellationToken);
    }

    /// <summary>A node of an earlier run gets today's labels and taint; those of others stay.</summary>
    private async Task<Kubernetes.Objects.Core.V1.Node> AdoptAsync(Kubernetes.Objects.Core.V1.Node current, CancellationToken cancellationToken)
    {
        var labels = NodeDocument.Labels(facts);
        var taint = NodeDocument.Taint(facts);
        var taints = current.Spec?.Taints.Where(other => other.Key != taint.Key).Append(taint).ToList() ?? [taint];
        if (labels.All(label => current.Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value)
            && current.Spec?.Taints.Contains(taint) == true)
        {
            return current;
        }

        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["labels"] = new JsonObject(labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))) },
            ["spec"] = new JsonObject
            {
                ["taints"] = new JsonArray([.. taints.Select(item => KubernetesJson.ToDocument(item, KubernetesJsonOptions.Patch))]),
            },
        };
        return await kubernetes.PatchAsync(
            KubernetesResources.Nodes, null, facts.Name, ObjectPatch.Merge(patch.ToJsonString()), null, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Node {Node} was registered")]
        public static partial void Created(ILogger logger, string node);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Node} could not be renewed, trying again: {Detail}")]
        public static partial void Failed(ILogger logger, string node, string detail);
    }
}
