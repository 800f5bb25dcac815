using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Clients;

namespace Harness.Simulator.Composition;

/// <summary>Waits for the virtual node: Ready, and no longer kept free of pods for not having been.</summary>
internal static class NodeReadiness
{
    private const string NotReadyTaint = "node.kubernetes.io/not-ready";

    /// <summary>The name of the first node of the selection that is Ready.</summary>
    public static async Task<string> WaitAsync(IApiClient client, ApiSelection selection, CancellationToken cancellationToken)
    {
        var list = await client.ListAsync<Node>(selection, cancellationToken);
        if (list.Items.FirstOrDefault(IsReady) is { } there)
        {
            return there.Metadata.Name;
        }

        await foreach (var change in client.WatchAsync<Node>(selection, list.Revision, cancellationToken))
        {
            if (change.Type != ApiWatchEventType.Deleted && IsReady(change.Object))
            {
                return change.Object.Metadata.Name;
            }
        }

        throw new OperationCanceledException(cancellationToken);
    }

    private static bool IsReady(Node node) =>
        (node.Status?.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" }) ?? false)
        && !(node.Spec?.Taints.Any(taint => taint.Key == NotReadyTaint) ?? false);
}
