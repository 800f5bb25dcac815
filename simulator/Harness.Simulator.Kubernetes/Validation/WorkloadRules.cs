using Google.Protobuf;
using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Operations;
using LabelSelector = Harness.Kubernetes.Objects.Meta.V1.LabelSelector;

namespace Harness.Simulator.Kubernetes.Validation;

/// <summary>
/// Deployments, ReplicaSets, StatefulSets and DaemonSets: a selector that never changes and that the template's labels match, and a template
/// that is a valid pod.
/// </summary>
internal sealed class WorkloadRules : ResourceRules
{
    public WorkloadRules() => HasGeneration = true;

    public override IEnumerable<FieldError> ValidateCreate(ApiObject value)
    {
        (LabelSelector? selector, PodTemplateSpec? template, int replicas) = Parts(value);
        if (replicas < 0)
        {
            yield return FieldError.Invalid("spec.replicas", $"{replicas}", "must be greater than or equal to 0");
        }

        if (selector is null)
        {
            yield return FieldError.Required("spec.selector");
        }
        else if (selector.MatchLabels.Count + selector.MatchExpressions.Count == 0)
        {
            yield return FieldError.Invalid("spec.selector", "{}", "empty selector is invalid for deployment");
        }
        else if (!Selectors.LabelSelector.Of(selector).Matches((template?.Metadata ?? new()).Labels))
        {
            yield return FieldError.Invalid("spec.template.metadata.labels", LabelsJson(template), "`selector` does not match template `labels`");
        }

        foreach (FieldError error in PodSpecRules.Validate("spec.template.spec", template?.Spec))
        {
            yield return error;
        }

        if (template?.Spec is { RestartPolicy: not ("" or "Always") } spec)
        {
            yield return FieldError.NotSupported("spec.template.spec.restartPolicy", spec.RestartPolicy, "Always");
        }
    }

    public override IEnumerable<FieldError> ValidateUpdate(ApiObject old, ApiObject value)
    {
        foreach (FieldError error in ValidateCreate(value))
        {
            yield return error;
        }

        if (!Equals(Parts(old).Selector, Parts(value).Selector))
        {
            yield return FieldError.Invalid("spec.selector", SelectorJson(Parts(value).Selector), "field is immutable");
        }
    }

    private static (LabelSelector? Selector, PodTemplateSpec? Template, int Replicas) Parts(ApiObject value) => ((MessageObject)value).Message switch
    {
        Deployment deployment => (deployment.Spec?.Selector, deployment.Spec?.Template, deployment.Spec?.Replicas ?? 0),
        ReplicaSet set => (set.Spec?.Selector, set.Spec?.Template, set.Spec?.Replicas ?? 0),
        StatefulSet set => (set.Spec?.Selector, set.Spec?.Template, set.Spec?.Replicas ?? 0),
        DaemonSet set => (set.Spec?.Selector, set.Spec?.Template, 0),
        IMessage other => throw new InvalidOperationException($"{other.Descriptor.Name} has no template."),
    };

    private static string LabelsJson(PodTemplateSpec? template) =>
        template?.Metadata is { Labels.Count: > 0 } metadata
            ? "{" + string.Join(",", metadata.Labels.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{GoText.Quote(one.Key)}:{GoText.Quote(one.Value)}")) + "}"
            : "null";

    private static string SelectorJson(LabelSelector? selector) =>
        selector is null ? "null" : Harness.Kubernetes.Objects.Json.KubernetesJson.ToText(selector);
}
