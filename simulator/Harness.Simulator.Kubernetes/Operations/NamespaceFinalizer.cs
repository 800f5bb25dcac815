using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>Replaces the finalizers in a namespace's spec; one whose deletion has begun is gone with the last of them.</summary>
internal sealed class NamespaceFinalizer(ObjectStore store, ApiResource namespaces)
{
    private const int MostAttempts = 64;

    public StoredObject Set(WriteContext context, string name, IEnumerable<string> finalizers)
    {
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            StoredObject current = store.Find(namespaces, new ObjectKey("", name)) ?? throw ApiErrors.NotFound(namespaces, name);
            var draft = (MessageObject)current.Value.Clone();
            var space = (Namespace)draft.Message;
            space.Spec ??= new NamespaceSpec();
            space.Spec.Finalizers.Clear();
            space.Spec.Finalizers.Add(finalizers);
            var unwritten = new StoredObject(namespaces, current.Key, current.Revision, draft);
            if (context.DryRun)
            {
                return unwritten;
            }

            if (!DeletionRules.IsFinished(draft))
            {
                if (store.TryUpdate(current, draft) is { } written)
                {
                    return written;
                }
            }
            else if (store.TryDelete(current) is not null)
            {
                return unwritten;
            }
        }

        throw ApiErrors.Modified(namespaces, name);
    }
}
