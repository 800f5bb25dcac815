using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Operations;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>Namespaces: labelled with their own name, held by a finalizer of their own until they are empty; three of them for ever.</summary>
internal sealed class NamespaceRules : MessageRules<Namespace>
{
    public NamespaceRules() => HasLabelName = true;

    public override void CheckDelete(ApiResource resource, string name)
    {
        if (name is WellKnown.DefaultNamespace or WellKnown.SystemNamespace or WellKnown.PublicNamespace)
        {
            throw ApiErrors.Forbidden(resource, name, "this namespace may not be deleted");
        }
    }

    protected override void PrepareCreate(Namespace value)
    {
        value.Spec ??= new NamespaceSpec();
        if (!value.Spec.Finalizers.Contains(WellKnown.NamespaceFinalizer))
        {
            value.Spec.Finalizers.Add(WellKnown.NamespaceFinalizer);
        }

        value.Status = new NamespaceStatus { Phase = "Active" };
    }

    protected override void PrepareUpdate(Namespace old, Namespace value)
    {
        value.Spec = old.Spec?.Clone();
        value.Metadata.Labels[WellKnown.NamespaceNameLabel] = value.Metadata.Name;
    }
}
