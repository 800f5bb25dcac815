using Harness.Kubernetes.Objects.Coordination.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Composition;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Errors;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Clusters.Installation;

/// <summary>
/// What a simulator has in a cluster that is not its own: the provider's namespace, account and roles, all labelled with their owner, and
/// the node that the provider registers there. Puts it in, and takes all of it out again, also after the simulator was killed: what is
/// there is found by its labels. Holds no state of its own.
/// </summary>
internal sealed partial class ProviderInstallation(IApiClient client, InstallationOwner owner, TimeProvider time, ILogger logger)
{
    private const string LeaseNamespace = "kube-node-lease";
    private static readonly TimeSpan RetirePatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan NamespacePatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The titles of all objects, in the order in which they are created.</summary>
    public static IEnumerable<string> Titles => Objects().Select(item => item.Title);

    /// <summary>What stands in the cluster under a name that is needed: each with whose it is.</summary>
    public async Task<IReadOnlyList<string>> ConflictsAsync(CancellationToken cancellationToken)
    {
        var conflicts = new List<string>();
        foreach (var item in Objects())
        {
            if (await item.FindLabelsAsync(client, cancellationToken) is { } labels)
            {
                conflicts.Add($"{item.Title} ({Whose(labels)})");
            }
        }

        return conflicts;
    }

    public async Task InstallAsync(CancellationToken cancellationToken)
    {
        foreach (var item in Objects())
        {
            await item.CreateAsync(client, owner, cancellationToken);
        }
    }

    /// <summary>Keeps new pods off the node and has the provider end those that run there; what has not ended in a minute stays.</summary>
    public async Task RetireNodeAsync(CancellationToken cancellationToken)
    {
        foreach (var node in await NodesAsync(cancellationToken))
        {
            await client.PatchAsync<Node>("", node.Metadata.Name, ApiPatchType.Merge, """{"spec":{"unschedulable":true}}"""u8.ToArray(), null, cancellationToken);
            foreach (var pod in await PodsAsync(node, cancellationToken))
            {
                await DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, new ApiDelete(PreconditionUid: pod.Metadata.Uid), cancellationToken);
            }

            await UntilAsync(async () => (await PodsAsync(node, cancellationToken)).Count == 0, RetirePatience, cancellationToken);
        }
    }

    /// <summary>Takes everything out, whatever of it there is, and waits for the namespace to be gone.</summary>
    /// <returns>How many objects that were.</returns>
    public async Task<int> RemoveAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var node in await NodesAsync(cancellationToken))
        {
            removed += await RemoveNodeAsync(node, cancellationToken);
        }

        foreach (var item in Objects().Reverse())
        {
            removed += await item.RemoveAsync(client, owner, cancellationToken) ? 1 : 0;
        }

        if (!await UntilAsync(async () => await NamespaceIsGoneAsync(cancellationToken), NamespacePatience, cancellationToken))
        {
            Log.NamespaceStays(logger, ProviderRole.Namespace, NamespacePatience);
        }

        return removed;
    }

    private static IEnumerable<InstalledObject> Objects() => ProviderRole.Objects().Select(InstalledObject.Of);

    private static string Whose(IReadOnlyDictionary<string, string> labels) =>
        labels.GetValueOrDefault(InstallationOwner.ManagerLabel) == InstallationOwner.Manager
            ? $"of another simulator, instance {labels.GetValueOrDefault(InstallationOwner.InstanceLabel)}"
            : "not of a simulator";

    /// <summary>Its pods go first and by force, since nobody is left to end them; its lease goes with it.</summary>
    private async Task<int> RemoveNodeAsync(Node node, CancellationToken cancellationToken)
    {
        var pods = await PodsAsync(node, cancellationToken);
        foreach (var pod in pods)
        {
            await DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, new ApiDelete(GracePeriodSeconds: 0, PreconditionUid: pod.Metadata.Uid), cancellationToken);
        }

        await DeleteAsync<Lease>(LeaseNamespace, node.Metadata.Name, new ApiDelete(), cancellationToken);
        await DeleteAsync<Node>("", node.Metadata.Name, new ApiDelete(PreconditionUid: node.Metadata.Uid), cancellationToken);
        return pods.Count + 1;
    }

    private async Task<IReadOnlyList<Node>> NodesAsync(CancellationToken cancellationToken) =>
        (await client.ListAsync<Node>(new ApiSelection(LabelSelector: owner.Selector), cancellationToken)).Items;

    private async Task<IReadOnlyList<Pod>> PodsAsync(Node node, CancellationToken cancellationToken) =>
        (await client.ListAsync<Pod>(new ApiSelection(FieldSelector: $"spec.nodeName={node.Metadata.Name}"), cancellationToken)).Items;

    private async Task<bool> NamespaceIsGoneAsync(CancellationToken cancellationToken) =>
        await client.FindAsync<Namespace>("", ProviderRole.Namespace, cancellationToken) is not { } space || !owner.Owns(space.Metadata.Labels);

    private async Task DeleteAsync<T>(string inNamespace, string name, ApiDelete how, CancellationToken cancellationToken)
        where T : class, Google.Protobuf.IMessage<T>, new()
    {
        try
        {
            await client.DeleteAsync<T>(inNamespace, name, how, cancellationToken);
        }
        catch (ApiStatusException refusal) when (refusal.IsNotFound || refusal.IsConflict)
        {
            // It is gone, or another one has its name by now.
        }
    }

    private async Task<bool> UntilAsync(Func<Task<bool>> condition, TimeSpan patience, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (!await condition())
        {
            if (time.GetElapsedTime(since) > patience)
            {
                return false;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }

        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Namespace {Namespace} was deleted and is still there after {Patience}: the cluster goes on with it")]
        public static partial void NamespaceStays(ILogger logger, string @namespace, TimeSpan patience);
    }
}
