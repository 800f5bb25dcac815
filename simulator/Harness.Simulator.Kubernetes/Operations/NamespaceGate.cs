using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>Keeps new objects out of namespaces that do not exist or are going away.</summary>
internal sealed class NamespaceGate(ObjectStore store, ApiResource namespaces)
{
    public void CheckCreate(ApiResource resource, string inNamespace, string name)
    {
        if (!resource.Namespaced)
        {
            return;
        }

        StoredObject home = store.Find(namespaces, new ObjectKey("", inNamespace)) ?? throw ApiErrors.NotFound(namespaces, inNamespace);
        if (home.Metadata.DeletionTimestamp is null)
        {
            return;
        }

        ApiStatusException refusal =
            ApiErrors.Forbidden(resource, name, $"unable to create new content in namespace {inNamespace} because it is being terminated");
        refusal.Status.Details.Causes.Add(new StatusCause
        {
            Reason = "NamespaceTerminating",
            Message = $"namespace {inNamespace} is being terminated",
            Field = "metadata.namespace",
        });
        throw refusal;
    }
}
