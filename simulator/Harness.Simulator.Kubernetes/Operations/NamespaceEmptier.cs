using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.Kubernetes.Reading;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Selectors;
using Harness.Simulator.Kubernetes.Storage;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>
/// Empties namespaces that are being deleted, and ends them once nothing is left. One loop, woken by changes of namespaces and by a period
/// for those that wait for pods to end. Started and stopped by the cluster.
/// </summary>
internal sealed partial class NamespaceEmptier(ApiOperations operations, TimeProvider time, ILogger<NamespaceEmptier> logger)
{
    private static readonly TimeSpan _period = TimeSpan.FromMilliseconds(500);

    private readonly WriteContext _context = new(new UserIdentity("system:serviceaccount:kube-system:namespace-controller", [UserIdentity.Masters]));
    private readonly ApiResource _namespaces = operations.Registry.For<Namespace>();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        StoreWatch watch = operations.Store.Watch(_namespaces, operations.Store.Revision);
        while (!cancellationToken.IsCancellationRequested)
        {
            List<string> ending = [.. operations.Store.Snapshot(_namespaces).Objects()
                .Where(stored => stored.Metadata.DeletionTimestamp is not null).Select(stored => stored.Key.Name)];
            foreach (string name in ending)
            {
                EmptyOnce(name);
            }

            try
            {
                watch = await NextAsync(watch, ending.Count > 0, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Waits for a change of any namespace, or for the period where one is still ending.</summary>
    private async Task<StoreWatch> NextAsync(StoreWatch watch, bool isEnding, CancellationToken cancellationToken)
    {
        if (isEnding)
        {
            await Task.Delay(_period, time, cancellationToken);
            return operations.Store.Watch(_namespaces, operations.Store.Revision);
        }

        try
        {
            await watch.NextAsync(cancellationToken);
            return watch;
        }
        catch (RevisionExpiredException)
        {
            return operations.Store.Watch(_namespaces, operations.Store.Revision);
        }
    }

    private void EmptyOnce(string name)
    {
        try
        {
            if (DeleteContent(name) == 0 && operations.Store.Find(_namespaces, new ObjectKey("", name)) is { } home && DeletionRules.IsHeldNamespace(home.Value))
            {
                operations.Finalizer.Set(_context, name, []);
                Log.Ended(logger, name);
            }
        }
        catch (ApiStatusException refusal)
        {
            Log.Failed(logger, name, refusal.Message);
        }
    }

    /// <summary>Asks every object in the namespace to go; tells how many are still there.</summary>
    private int DeleteContent(string name)
    {
        int left = 0;
        foreach (ApiResource resource in operations.Registry.All.Where(one => one is { Stored: true, Namespaced: true, StoredAs: null }))
        {
            var everything = new ObjectSelection(name, LabelSelector.Everything, FieldSelector.Everything);
            foreach (StoredObject stored in operations.Store.Snapshot(resource).Objects(name).Where(everything.Matches).ToList())
            {
                left += Delete(resource, stored) ? 0 : 1;
            }
        }

        return left;
    }

    private bool Delete(ApiResource resource, StoredObject stored)
    {
        try
        {
            return operations.Deleter.Delete(_context, resource, stored.Key, new DeleteRequest(PropagationPolicy: "Background")).IsGone;
        }
        catch (ApiStatusException gone) when (gone.IsNotFound)
        {
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Namespace {Namespace} is empty and gone")]
        public static partial void Ended(ILogger logger, string @namespace);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Emptying namespace {Namespace} is retried: {Reason}")]
        public static partial void Failed(ILogger logger, string @namespace, string reason);
    }
}
