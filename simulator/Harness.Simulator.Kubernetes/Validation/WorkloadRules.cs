using System.Globalization;
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
            if (((MessageObject)value).Message is Deployment)
            {
                yield return FieldError.Invalid("spec.template.metadata.labels", LabelsJson(template), "`selector` does not match template `labels`");
            }
        }
        else if (selector.MatchLabels.Count + selector.MatchExpressions.Count == 0)
        {
            yield return FieldError.Invalid("spec.selector", "{}", $"empty selector is invalid for {KindOfSelector(value, "Deployment").ToLowerInvariant()}");
        }
        else if (SelectorRules.Validate("spec.selector", selector).ToList() is { Count: > 0 } wrong)
        {
            foreach (FieldError error in wrong)
            {
                yield return error;
            }

            yield return FieldError.Invalid("spec.selector", SelectorJson(selector), "invalid label selector");
        }
        else if (!Selectors.LabelSelector.Of(selector).Matches((template?.Metadata ?? new()).Labels))
        {
            yield return FieldError.Invalid("spec.template.metadata.labels", LabelsJson(template), "`selector` does not match template `labels`");
        }

        foreach (FieldError error in PodSpecRules.Validate("spec.template.spec", template?.Spec, Claims(value)))
        {
            yield return error;
        }

        foreach (FieldError error in StrategyRules.Validate(((MessageObject)value).Message))
        {
            yield return error;
        }

        if (template?.Spec is { HasActiveDeadlineSeconds: true })
        {
            yield return FieldError.Forbidden("spec.template.spec.activeDeadlineSeconds", $"activeDeadlineSeconds in {KindOfSelector(value, "ReplicaSet")} is not Supported");
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

        if (((MessageObject)old).Message is StatefulSet before && ((MessageObject)value).Message is StatefulSet after)
        {
            if (!StrategyRules.KeepsTheRest(before.Spec, after.Spec))
            {
                yield return FieldError.Forbidden("spec", "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
                    + "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
            }
        }
        else if (!Equals(Parts(old).Selector, Parts(value).Selector))
        {
            yield return FieldError.Invalid("spec.selector", SelectorJson(Parts(value).Selector), "field is immutable");
        }
    }

    /// <summary>A DaemonSet counts the changes of its template in an annotation, which no sender can take away.</summary>
    public override void PrepareUpdate(ApiObject old, ApiObject value)
    {
        if (((MessageObject)old).Message is DaemonSet before && ((MessageObject)value).Message is DaemonSet after)
        {
            before.Metadata.Annotations.TryGetValue(WellKnown.TemplateGeneration, out string? counted);
            _ = long.TryParse(counted, CultureInfo.InvariantCulture, out long count);
            long next = Equals(before.Spec.Template, after.Spec.Template) ? count : count + 1;
            after.Metadata.Annotations[WellKnown.TemplateGeneration] = next.ToString(CultureInfo.InvariantCulture);
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

    /// <summary>The kind as messages have it: those of Deployments and ReplicaSets speak of one of the two.</summary>
    private static string KindOfSelector(ApiObject value, string ofDeployments) => ((MessageObject)value).Message switch
    {
        StatefulSet => "StatefulSet",
        DaemonSet => "DaemonSet",
        _ => ofDeployments,
    };

    private static IEnumerable<string> Claims(ApiObject value) =>
        ((MessageObject)value).Message is StatefulSet { Spec: { } spec } ? spec.VolumeClaimTemplates.Select(claim => claim.Metadata?.Name ?? "") : [];

    public static string LabelsJson(PodTemplateSpec? template) =>
        template?.Metadata is { Labels.Count: > 0 } metadata
            ? "{" + string.Join(",", metadata.Labels.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{GoText.Quote(one.Key)}:{GoText.Quote(one.Value)}")) + "}"
            : "null";

    private static string SelectorJson(LabelSelector? selector) =>
        selector is null ? "null" : Harness.Kubernetes.Objects.Json.KubernetesJson.ToText(selector);
}
