using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Operations;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>Namespaces: their label and their finalizers are the server's business; three of them stay for ever.</summary>
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

    protected override void PrepareUpdate(Namespace old, Namespace value)
    {
        value.Spec = old.Spec?.Clone();
        value.Metadata.Labels[WellKnown.NamespaceNameLabel] = value.Metadata.Name;
    }
}
